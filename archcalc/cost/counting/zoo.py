"""Tables of the zoo's nets with their totals, and of the transforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from archcalc.base.names import paper_place, size_text, table_name
from archcalc.base.tables import Record, Table
from archcalc.cost.counting.table import count
from archcalc.language.graph.build import build
from archcalc.language.loading import load
from archcalc.language.spec.find import zoo_names
from archcalc.language.spec.schema import Paper
from archcalc.language.transforms import TRANSFORMS


@dataclass(frozen=True)
class ZooTable(Table):
    """One entry per net, counted under the paper convention."""

    kind: ClassVar[str] = "zoo"
    entries: tuple[Record, ...]

    @property
    def title(self) -> str:
        return "the zoo · paper"

    def to_dict(self) -> list[Record]:
        return list(self.entries)

    def records(self) -> list[Record]:
        return [{**entry, "input": size_text(entry["input"])} for entry in self.entries]


@dataclass(frozen=True)
class TransformTable(Table):
    """One entry per transform: its values and what it changes."""

    kind: ClassVar[str] = "zoo"

    @property
    def title(self) -> str:
        return "transforms of --set"

    def records(self) -> list[Record]:
        return [
            {"name": name, "values": one.values, "about": one.about}
            for name, one in TRANSFORMS.items()
        ]


def zoo_table() -> ZooTable:
    """Return every net of the zoo."""
    return ZooTable(tuple(map(_entry, zoo_names())))


def _entry(name: str) -> Record:
    spec = load(name)
    totals = count(build(spec)).totals
    return {
        "name": name,
        "title": spec.title,
        "paper": _paper(spec.paper) if spec.paper else None,
        "input": list(spec.input),
        "madds": totals["madds"],
        "params": totals["params"],
    }


def _paper(paper: Paper) -> str:
    """Return a reference such as "arXiv:1801.04381, table 2"."""
    place = paper_place(paper.arxiv, paper.url) or paper.title
    return ", ".join(filter(None, (place, table_name(paper.table))))
