"""The printed tables that claims stand in: one name each, its rows in the printed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from archcalc.language.spec.schema import Claim, Paper
from archcalc.language.spec.yaml import read, text_of

if TYPE_CHECKING:
    from archcalc.cost.claims.judge import ClaimResult

_FILE = "printed_tables.yaml"
_ORDER = ("top1", "top5", "map", "madds", "madds_share", "params", "params_share")


@dataclass(frozen=True)
class PrintedTable:
    """A table of a paper. ``rows`` are ids of claims, ``columns`` quantities, both as printed."""

    name: str
    title: str
    arxiv: str | None = None
    number: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def order(self, quantities: Iterable[str]) -> list[str]:
        """Return ``quantities`` as the table prints them, those that it does not know last."""
        known = self.columns or _ORDER
        place = {name: index for index, name in enumerate(known)}
        return sorted(dict.fromkeys(quantities), key=lambda name: place.get(name, len(place)))


@dataclass(frozen=True)
class ClaimGroup:
    """The results that stand in one table, in its order of rows."""

    table: PrintedTable
    results: tuple[ClaimResult, ...]

    @property
    def rows(self) -> list[list[ClaimResult]]:
        """The results of each row of the table."""
        rows: list[list[ClaimResult]] = []
        previous = None
        for one in self.results:
            claim = (one.model, one.id, one.row, one.width, one.resolution, one.convention)
            seen = {other.quantity for other in rows[-1]} if rows else set()
            if claim != previous or one.quantity in seen:
                rows.append([])
            rows[-1].append(one)
            previous = claim
        return rows

    @property
    def quantities(self) -> list[str]:
        """What the table prints, in its order."""
        return self.table.order(one.quantity for one in self.results)


@cache
def printed_tables() -> Mapping[str, PrintedTable]:
    """Return every table that has a name of its own, in the order in which they are shown."""
    text = resources.files("archcalc.cost.claims").joinpath(_FILE).read_bytes()
    tables = {}
    for paper in read(text, _FILE)["papers"]:
        for entry in paper["tables"]:
            number = text_of(entry["number"])
            name = f"{paper['name']} table {number}"
            tables[name] = PrintedTable(
                name=name,
                title=f"{paper['title']} (arXiv:{paper['arxiv']})",
                arxiv=paper["arxiv"],
                number=number,
                columns=tuple(entry.get("columns", ())),
                rows=tuple(entry.get("rows", ())),
            )
    return tables


def table_name(paper: Paper | None, claim: Claim, source: str | None) -> str | None:
    """Return the name of the table that a claim stands in.

    "table 4" of a paper has one name in every file: that of its entry here, else ``source``,
    which names the paper too. Anything else is named as the claim says.
    """
    stated = claim.table or claim.source
    if paper is None or stated is None or not is_own(stated):
        return stated
    own = (t for t in printed_tables().values() if t.arxiv == paper.arxiv)
    return next((t.name for t in own if stated.lower() == f"table {t.number}"), source)


def is_own(place: str) -> bool:
    """Tell whether a place is one of the net's own paper, as "table 4" is."""
    return place.lower().startswith(("table", "figure", "section"))


def grouped(results: Sequence[ClaimResult]) -> list[ClaimGroup]:
    """Return the results by table: those with a name of their own first, in the printed order."""
    known = printed_tables()
    groups: dict[tuple[str | None, str | None], list[ClaimResult]] = {}
    for one in results:
        # a name such as "table 3" is one table only together with where it is printed
        key = (one.table, None if one.table in known else one.source)
        groups.setdefault(key, []).append(one)
    found = []
    for (name, source), members in groups.items():
        title = source or name or members[0].model
        table = known.get(name or "") or PrintedTable(name or title, title)
        found.append(ClaimGroup(table, _in_printed_order(members, table.rows)))
    shown = {name: index for index, name in enumerate(known)}
    found.sort(key=lambda group: shown.get(group.table.name, len(shown)))
    return found


def _in_printed_order(
    members: Sequence[ClaimResult], rows: Sequence[str]
) -> tuple[ClaimResult, ...]:
    """Return the results in the order of ``rows``, those of other rows behind them."""
    place: dict[str | None, int] = {claim: index for index, claim in enumerate(rows)}
    return tuple(sorted(members, key=lambda one: place.get(one.id, len(place))))
