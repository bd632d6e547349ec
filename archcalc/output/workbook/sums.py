"""Sheets that sum the layers by type, stage or row, with a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archcalc.base.names import COSTS
from archcalc.base.number import Formula
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable
from archcalc.output import palette
from archcalc.output.workbook.book import Sheet
from archcalc.output.workbook.layers import LayerCells


@dataclass(frozen=True)
class Key:
    """The key to sum layers by: the column of sheet Layers with their group."""

    sheet: str
    head: str
    of: Callable[[LayerCost], str | int]


KEYS = (
    Key("By type", "op", lambda layer: layer.node.op.label),
    Key("By stage", "stage", lambda layer: layer.node.stage),
    Key("By row", "row", lambda layer: layer.node.row_id),
)
_NUMBERS = ("layers", "madds", "params", "madds_share", "params_share")
_CHARTED = 24


def write_sums(sheet: Sheet, table: CostTable, key: Key, layers: LayerCells) -> int:
    """Write one row per group, the total, and a chart; return the number of groups."""
    sheet.head(0, (key.head, *_NUMBERS), numbers=_NUMBERS)
    sheet.widths(26, 9, 18, 16, 13, 13)
    groups: dict[str | int, list[LayerCost]] = {}
    for layer in table.layers:
        groups.setdefault(key.of(layer), []).append(layer)
    names = layers.range(key.head)
    for row, (name, members) in enumerate(groups.items(), start=1):
        if isinstance(name, int):
            sheet.number(row, 0, name, "general")
        else:
            sheet.text(row, 0, name)
        here = sheet.here(row, 0)
        sheet.put(row, 1, Formula(f"COUNTIF({names},{here})"), len(members))
        for column, quantity in ((2, "madds"), (3, "params")):
            part = sum(getattr(one, quantity) for one in members)
            summed = Formula(f"SUMIF({names},{here},{layers.range(quantity)})")
            sheet.put(row, column, summed, part)
            whole, own = table.totals[quantity], sheet.here(row, column)
            share = Formula(f"IF(total_{quantity}=0,0,{own}/total_{quantity})")
            sheet.put(row, column + 2, share, part / whole if whole else 0, "percent")
    last = len(groups)
    total = last + 1
    sheet.text(total, 0, "total", "sum text")
    for column, now in ((1, len(table.layers)), (2, table.madds), (3, table.params)):
        column_of = sheet.column(column, 1, last)
        sheet.put(total, column, Formula(f"SUM({column_of})"), now, "sum")
    sheet.writer.autofilter(0, 0, last, 5)
    add_chart(sheet, key, last, at=(1, 7), of=sheet.name)
    return last


def add_chart(sheet: Sheet, key: Key, groups: int, *, at: tuple[int, int], of: str) -> None:
    """Add bars of both shares of sheet ``of``; none for many groups."""
    if groups > _CHARTED:
        return
    upright = key.head == "stage"
    chart: Any = sheet.book.writer.add_chart({"type": "column" if upright else "bar"})
    for column, cost, colour in ((4, "madds", palette.MADDS), (5, "params", palette.PARAMS)):
        chart.add_series(
            {
                "name": COSTS[cost],
                "categories": [of, 1, 0, groups, 0],
                "values": [of, 1, column, groups, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    what = {"op": "layer type", "stage": "stage", "row": "row of the table"}[key.head]
    chart.set_title({"name": f"Shares by {what}", "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    shares = {"num_format": "0%", "min": 0, "major_gridlines": {"visible": True}}
    if upright:
        chart.set_y_axis(shares)
        chart.set_x_axis({"name": "stage"})
    else:
        chart.set_y_axis({"reverse": True})  # the first group on top
        chart.set_x_axis(shares)
    chart.set_size({"width": 620, "height": 320 if upright else max(300, 60 + 30 * groups)})
    said = {"description": f"Shares of MAdds and parameters by {what}"}
    sheet.writer.insert_chart(*at, chart, said)
