"""The printed tables of claims: their names, and their rows and columns in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from archcalc.base.names import paper_place
from archcalc.language.spec.schema import Claim, Paper
from archcalc.language.spec.yaml import read
from archcalc.language.spec.yaml_tree import source_text

_FILE = "printed_tables.yaml"
_ORDER = ("top1", "top5", "map", "madds", "madds_share", "params", "params_share")


@dataclass(frozen=True)
class PrintedTable:
    """A table of a paper; ``rows``: ids of claims, ``columns``: quantities, in printed order."""

    name: str
    title: str
    arxiv: str | None = None
    number: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def order(self, quantities: Iterable[str]) -> list[str]:
        """Return ``quantities`` in the printed order, those of no column last."""
        known = self.columns or _ORDER
        place = {name: index for index, name in enumerate(known)}
        return sorted(dict.fromkeys(quantities), key=lambda name: place.get(name, len(place)))


@cache
def printed_tables() -> Mapping[str, PrintedTable]:
    """Return every table with a name of its own, in display order."""
    text = resources.files("archcalc.cost.claims").joinpath(_FILE).read_bytes()
    tables = {}
    for paper in read(text, _FILE)["papers"]:
        for entry in paper["tables"]:
            number = source_text(entry["number"])
            name = f"{paper['name']} table {number}"
            tables[name] = PrintedTable(
                name=name,
                title=f"{paper['title']} ({paper_place(paper['arxiv'])})",
                arxiv=paper["arxiv"],
                number=number,
                columns=tuple(entry.get("columns", ())),
                rows=tuple(entry.get("rows", ())),
            )
    return tables


def table_name(paper: Paper | None, claim: Claim, source: str | None) -> str | None:
    """Return the name of a claim's table.

    "table 4" of a paper has one name in every file: that of its entry here, else ``source``,
    which names the paper too. Any other place keeps the claim's words.
    """
    stated = claim.table or claim.source
    if paper is None or stated is None or not is_own(stated):
        return stated
    own = (t for t in printed_tables().values() if t.arxiv == paper.arxiv)
    return next((t.name for t in own if stated.lower() == f"table {t.number}"), source)


def is_own(place: str) -> bool:
    """Return whether a place is one of the net's own paper, as "table 4" is."""
    return place.lower().startswith(("table", "figure", "section"))
