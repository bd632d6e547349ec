"""The printed tables, the lecture's first: which there are, and what filters leave of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from archcalc import ClaimResult, ClaimTable, zoo_names
from archcalc.cost.claims.judge import check_all
from archcalc.cost.claims.printed import printed_tables
from archcalc.cost.claims.results import VERDICTS, ClaimGroup
from archcalc.language.spec.paper_table import paper_table
from archcalc.output.reporting.lecture import LAYER_TABLES, PAPERS
from dashboard.shell.choice import read_model
from dashboard.shell.fields import Field, key_field, names_field, one_of
from dashboard.shell.nets import zoo_spec

LECTURE, OTHER, EVERY = "lecture", "other", "all"
"""What stands for several papers: the lecture's, those without a name of their own, all."""


def read_paper(text: str) -> str:
    """Read the name of a paper, as its tables have it ("V1"), or what stands for several."""
    return one_of("paper", (LECTURE, *paper_names(), OTHER, EVERY))(text)


PAPER = Field("paper", LECTURE, read_paper)
TABLE = key_field("table")
NET = Field("net", "", read_model)
VERDICT = names_field("verdict", one_of("verdict", VERDICTS))
WHY = Field("why", "", read_model)
"""The net whose pitfalls are shown; "" for the first of those that are shown."""

_LAST = 10**6

FIELDS = (PAPER, TABLE, NET, VERDICT, WHY)


@dataclass(frozen=True)
class Entry:
    """One printed table: of figures (``group``), or of a net's layers (``layers``, its name)."""

    name: str
    paper: str
    title: str
    arxiv: str | None
    group: ClaimGroup | None = None
    layers: str = ""

    @property
    def nets(self) -> list[str]:
        """The nets that it is about, in its order."""
        if self.group is None:
            return [self.layers]
        return list(dict.fromkeys(one.model for one in self.group.results))

    @property
    def results(self) -> tuple[ClaimResult, ...]:
        """Its figures with their verdicts; a table of layers has sizes, which build asserts."""
        return self.group.results if self.group else ()


def paper_names() -> list[str]:
    """Return the short names of the papers whose tables have one."""
    return list(dict.fromkeys(name.partition(" table ")[0] for name in printed_tables()))


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Return every printed table of the zoo, paper by paper; the lecture's papers come first."""
    groups = check_all(zoo_spec(name) for name in zoo_names()).groups
    found = [_figures(group) for group in groups]
    known = {entry.arxiv: entry.paper for entry in found if entry.arxiv}
    found += [_layers(name, known) for name in LAYER_TABLES]
    order = {name: index for index, name in enumerate([*paper_names(), OTHER])}
    return tuple(sorted(found, key=lambda entry: (order[entry.paper], _number(entry))))


def of_papers(paper: str) -> list[Entry]:
    """Return the tables of a paper, or of what stands for several."""
    papers = PAPERS if paper == LECTURE else None if paper == EVERY else (paper,)
    return [entry for entry in entries() if papers is None or entry.paper in papers]


def nets_of(chosen: Sequence[Entry]) -> list[str]:
    """Return the nets of some tables, by name."""
    return sorted({net for entry in chosen for net in entry.nets})


def of_table(chosen: Sequence[Entry], table: str) -> list[Entry]:
    """Return the table of a name; all of them where there is none."""
    return [entry for entry in chosen if entry.name == table] or list(chosen)


def of_net(chosen: Sequence[Entry], net: str) -> list[Entry]:
    """Return what tables print of one net; all of it where they print nothing of it."""
    if net not in nets_of(chosen):
        return list(chosen)
    return [
        _only(entry, [one for one in entry.results if one.model == net])
        for entry in chosen
        if net in entry.nets
    ]


def of_verdicts(chosen: Sequence[Entry], verdicts: Sequence[str]) -> list[Entry]:
    """Return the rows with a figure of one of some verdicts; all rows where there are none.

    A row stays whole, since its figures explain each other. A table of layers stays for its
    errata alone: it has no other verdict.
    """
    if not verdicts:
        return list(chosen)
    found = []
    for entry in chosen:
        if entry.group is None:
            rows = paper_table(zoo_spec(entry.layers)).rows
            if "erratum" in verdicts and any(row.erratum for row in rows):
                found.append(entry)
            continue
        kept = [
            one
            for row in entry.group.rows
            if any(other.verdict in verdicts for other in row)
            for one in row
        ]
        found += [_only(entry, kept)] if kept else []
    return found


def counts(chosen: Sequence[Entry]) -> dict[str, int]:
    """Return how many figures of some tables have each verdict."""
    counted = Counter(one.verdict for entry in chosen for one in entry.results)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def claims(chosen: Sequence[Entry]) -> ClaimTable:
    """Return the figures of some tables as one table, for files."""
    return ClaimTable(tuple(one for entry in chosen for one in entry.results))


def _figures(group: ClaimGroup) -> Entry:
    table = group.table
    paper = table.name.partition(" table ")[0] if table.name in printed_tables() else OTHER
    return Entry(table.name, paper, table.title, table.arxiv, group)


def _layers(name: str, known: Mapping[str, str]) -> Entry:
    spec = zoo_spec(name)
    paper = spec.paper
    arxiv = paper.arxiv if paper else None
    short = known[arxiv] if arxiv else OTHER
    number = paper.table if paper else None
    return Entry(f"{short} table {number}", short, spec.title, arxiv, layers=name)


def _number(entry: Entry) -> int:
    """Return the number of a table within its paper; those without one stand last."""
    number = entry.name.rpartition(" ")[2]
    return int(number) if number.isdigit() else _LAST


def _only(entry: Entry, results: Sequence[ClaimResult]) -> Entry:
    if entry.group is None:
        return entry
    return replace(entry, group=ClaimGroup(entry.group.table, tuple(results)))
