"""The sheet of a sweep: MAdds and parameters of widths × resolutions, as values."""

from __future__ import annotations

from typing import Any

from archcalc.base.errors import ShapeError
from archcalc.base.names import COSTS, sides_text
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.output.workbook.book import Sheet

WIDTHS = ("0.25", "0.35", "0.5", "0.75", "1", "1.3", "1.4")
_SEVENTHS = (4, 5, 6, 7, 8)
"""The papers' 128, 160, 192 and 224 are 4 to 7 sevenths of 224; one larger is added."""


def write_sweep(sheet: Sheet, table: CostTable) -> None:
    """Write two tables, MAdds and parameters, with colours and a chart of the first."""
    widths = list(WIDTHS) if table.net.graph.rounding is not None else ["1"]
    sides = _sides(table.net)
    costs = {(w, s): _count(table, w, s) for w in widths for s in sides}
    sides = [side for side in sides if any(costs[w, side] for w in widths)]
    sheet.widths(32, *[14] * len(sides))
    sheet.text(0, 0, f"Widths × resolutions of {table.net.title}", "title")
    said = (
        "Values, computed when the workbook was written"
        + (", with its prune ratios" if table.net.prune else "")
        + ": they do not follow the cells of sheet Inputs. Empty: no such net."
    )
    sheet.text(1, 0, said, "soft")
    first = 3
    for quantity in ("madds", "params"):
        sheet.text(first, 0, f"{COSTS[quantity]}: width ↓ resolution →", "head")
        for column, (height, side) in enumerate(sides, start=1):
            if height == side:
                sheet.number(first, column, side, "head")
            else:
                sheet.text(first, column, sides_text(height, side), "head")
        for row, width in enumerate(widths, start=first + 1):
            sheet.number(row, 0, float(width), "general")
            for column, place in enumerate(sides, start=1):
                cost = costs[width, place]
                sheet.number(row, column, None if cost is None else getattr(cost, quantity))
        last = first + len(widths)
        sheet.writer.conditional_format(
            first + 1, 1, last, len(sides),
            {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#9BC2E6"},
        )  # fmt: skip
        if quantity == "madds" and len(widths) > 1:
            _chart(sheet, first, last, len(sides))
        first = last + 2
    sheet.writer.freeze_panes(0, 1)


def _sides(net: Net) -> list[tuple[int, int]]:
    """Return the net's own size and the papers' fractions of its reference size."""
    _, height, width = net.graph.reference
    scaled = {(max(1, height * n // 7), max(1, width * n // 7)) for n in _SEVENTHS}
    return sorted({*scaled, (height, width), net.size})


def _count(table: CostTable, width: str, size: tuple[int, int]) -> CostTable | None:
    net = table.net
    prune: Any = net.prune or None
    try:
        variant = build(net.spec, width=width, resolution=size, prune=prune, multiple=net.multiple)
    except ShapeError:
        return None
    return count(variant, table.convention, batch=table.batch, dtype=table.dtype)


def _chart(sheet: Sheet, first: int, last: int, sides: int) -> None:
    chart: Any = sheet.book.writer.add_chart(
        {"type": "scatter", "subtype": "straight_with_markers"}
    )
    for column in range(1, sides + 1):
        chart.add_series(
            {
                "name": [sheet.name, first, column],
                "categories": [sheet.name, first + 1, 0, last, 0],
                "values": [sheet.name, first + 1, column, last, column],
            }
        )
    chart.set_title({"name": "MAdds by width and resolution", "name_font": {"size": 12}})
    chart.set_x_axis({"name": "width multiplier α"})
    chart.set_y_axis({"name": "MAdds", "num_format": "#,##0"})
    chart.set_size({"width": 640, "height": 380})
    sheet.writer.insert_chart(
        first, sides + 2, chart,
        {"description": "Lines of MAdds against the width multiplier, one for each resolution"},
    )  # fmt: skip
