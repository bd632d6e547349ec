"""Pictures as files: the drawing of a net, or the chart that a table has."""

from __future__ import annotations

from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.cost.counting.table import CostTable, GroupedTable
from archcalc.language.graph import Net
from archcalc.output.drawing.drawing import Drawing, draw
from archcalc.output.drawing.png import Png
from archcalc.output.files.ours import sealed

PICTURES = ("svg", "png")


def picture_of(thing: Any, suffix: str) -> Png:
    """Return a file, "svg" or "png", with the characters that its fonts lack.

    For a Net or a CostTable its drawing; for a Grid, a search, or sums by stage or op their chart.
    Raises ArchcalcError for any other object, MissingPackage without matplotlib.
    """
    if isinstance(thing, CostTable):
        thing = thing.net
    if isinstance(thing, Net):
        thing = draw(thing)
    if isinstance(thing, Drawing):
        return Png(sealed(thing.svg, "svg").encode()) if suffix == "svg" else thing.png
    return Png(_chart_file(chart_of(thing), suffix))


def chart_of(table: Any) -> Any:
    """Return the chart of a table, or a Picture itself."""
    from archcalc.cost.scaling.grid import Grid
    from archcalc.output import charts
    from archcalc.studies.budgets.frontier import Frontier

    if isinstance(table, charts.Picture):
        return table
    if isinstance(table, Grid):
        part = table.parts[0]
        plane = part.is_product and min(len(part.widths), len(part.resolutions)) > 1
        whole = plane and len(table.parts) == 1
        return charts.heat_map(table) if whole else charts.cost_by_width(table)
    if isinstance(table, GroupedTable) and table.key in _BY:
        return getattr(charts, _BY[table.key])(table.table)
    if isinstance(table, Frontier):
        return charts.accuracy(table.records())
    raise ArchcalcError(
        f"{table.title}: this table has no picture; a net, sums by stage or op, a sweep and a "
        "search have one"
    )


_BY = {"stage": "by_stage", "op": "by_op"}


def _chart_file(picture: Any, suffix: str) -> bytes:
    from archcalc.output.charts import figure
    from archcalc.output.charts.writing import to_bytes

    return to_bytes(figure(picture), f".{suffix}")
