"""Columns that several chapters share: MAdds and parameters with their shares as bars."""

from __future__ import annotations

from collections.abc import Callable

from archcalc.base.document import Cell, Column
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_exact, format_percent
from archcalc.cost.counting.table import CostTable

QUANTITIES = ("madds", "params")


def cost_columns(t: Messages) -> list[Column]:
    """Return the heads of MAdds, parameters and the share of each."""
    heads = [(t(f"quantity.{name}"), t("report.share")) for name in QUANTITIES]
    return [Column(head, numeric=True) for pair in heads for head in pair]


def cost_cells(record: Record, write: Callable[[int], str] = format_exact) -> list[Cell]:
    """Return MAdds, parameters and the share of each of a record of `GroupedTable.records`."""
    cells = []
    for name in QUANTITIES:
        percent = record[f"{name}_share"]
        cells.append(Cell(write(record[name])))
        cells.append(share_cell(percent))
    return cells


def share_cell(percent: float | None) -> Cell:
    """Return a share with its bar; nothing where the whole is 0."""
    return Cell("") if percent is None else Cell(format_percent(percent), share=percent / 100)


def total_cells(cost: CostTable, write: Callable[[int], str] = format_exact) -> list[Cell]:
    """Return the totals, to stand below `cost_cells`."""
    return [
        cell
        for name in QUANTITIES
        for cell in (Cell(write(getattr(cost, name)), strong=True), Cell(""))
    ]


def short(count: int) -> str:
    """Write a count with three digits, for tables that print much else."""
    return format_count(count)
