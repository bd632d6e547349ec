"""``archcalc list --transforms``: the steps that ``--set`` takes."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc.base.tables import Record, Table
from archcalc.cli._screen import Column, Grid, Screen


@dataclass(frozen=True)
class TransformTable(Table):
    """One entry a transform."""

    entries: tuple[Record, ...]

    @property
    def title(self) -> str:
        return "transforms of --set"

    def to_dict(self) -> list[Record]:
        return list(self.entries)

    def records(self) -> list[Record]:
        return self.to_dict()


def transform_table() -> TransformTable:
    """Return every transform with its values and what it changes."""
    from archcalc.language.transforms import TRANSFORMS

    return TransformTable(
        tuple(
            {"name": name, "values": kind.values, "about": kind.about}
            for name, kind in TRANSFORMS.items()
        )
    )


def show_transforms(table: TransformTable, screen: Screen) -> None:
    """Show them, and how several combine."""
    grid = Grid((Column("name"), Column("values", fold=True), Column("what it changes", fold=True)))
    for entry in table.entries:
        grid.add(entry["name"], entry["values"].replace("|", " | "), entry["about"])
    screen.table(grid)
    screen.blank()
    screen.line("--set NAME=VALUE, once for each; they apply in the order given.", "dim")
