"""``archcalc list``: the zoo, with totals, or the transforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from archcalc.base.names import paper_place
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_count
from archcalc.cli._options import Files, Force, Format, Lang
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.cli._transforms import show_transforms, transform_table

EXAMPLE = "archcalc list --format csv"


def list_(
    transforms: Annotated[
        bool, typer.Option("--transforms", help="List what --set can change instead.")
    ] = False,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """List the zoo, every net with its input and totals."""
    from archcalc.language.spec.find import zoo_names

    chosen = Output.of(format_, output, force=force, language=lang)
    if transforms:
        steps = transform_table()
        chosen.emit(steps, lambda screen: show_transforms(steps, screen))
        return
    zoo = ZooTable(tuple(_entry(name) for name in zoo_names()))
    chosen.emit(zoo, lambda screen: _show(zoo, screen))


@dataclass(frozen=True)
class ZooTable(Table):
    """One entry a net."""

    entries: tuple[Record, ...]

    @property
    def title(self) -> str:
        return "the zoo · paper"

    def to_dict(self) -> list[Record]:
        return list(self.entries)

    def records(self) -> list[Record]:
        from archcalc.base.names import size_text

        return [{**entry, "input": size_text(entry["input"])} for entry in self.entries]


def _entry(name: str) -> Record:
    from archcalc.cost.counting.table import count
    from archcalc.language.graph.build import build
    from archcalc.language.loading import load

    spec = load(name)
    totals = count(build(spec)).totals
    return {
        "name": name,
        "title": spec.title,
        "paper": _paper(spec.paper),
        "input": list(spec.input),
        "madds": totals["madds"],
        "params": totals["params"],
    }


def _paper(paper: Any) -> str | None:
    """Return a reference such as "arXiv:1801.04381, table 2"."""
    if paper is None:
        return None
    place = paper_place(paper.arxiv, paper.url) or paper.title
    if not paper.table:
        return str(place)
    return (
        f"{place}, table {paper.table}" if paper.table[0].isdigit() else f"{place}, {paper.table}"
    )


def _show(zoo: ZooTable, screen: Screen) -> None:
    grids = [_grid(zoo, titles=titles) for titles in (True, False)]
    screen.table(*grids)
    screen.blank()
    screen.line(
        "MAdds and parameters as the paper counts them (convention paper); one image.", "dim"
    )


def _grid(zoo: ZooTable, *, titles: bool) -> Grid:
    grid = Grid(
        (
            Column("model", fold=True),
            Column("input"),
            Column("MAdds", right=True),
            Column("params", right=True),
            Column("paper", fold=True),
            *([Column("title", fold=True)] if titles else []),
        )
    )
    for entry, record in zip(zoo.entries, zoo.records(), strict=True):
        cells = [
            entry["name"],
            record["input"],
            format_count(entry["madds"]),
            format_count(entry["params"]),
            entry["paper"] or "",
            *([entry["title"]] if titles else []),
        ]
        grid.add(*cells)
    return grid
