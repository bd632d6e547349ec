"""The rows that a knob is dragged through: every cost of the plane, and what parts make of it."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc import Grid
from archcalc.base.names import resolution_name
from archcalc.base.tables import Record
from archcalc.base.units import Unit, format_quantity, unit_of
from archcalc.cost.scaling.grid import QUANTITIES
from dashboard.app_pages.multipliers.data_contributions import QUANTITIES as COUNTED
from dashboard.app_pages.multipliers.data_contributions import in_shape, parts_of


@dataclass(frozen=True)
class Live:
    """What a browser is given, so that it need not ask again: a row for each variant.

    A row has ``width``, ``side`` (the height in pixels), the ``resolution`` in words, ``y`` (the
    cost in units of the axis), each quantity in words, and ``madds_parts`` and ``params_parts``:
    the counts of ``parts`` in their order, with spaces between. (Of lists Streamlit makes what
    Vega cannot take apart.)
    """

    rows: list[Record]
    parts: tuple[str, ...]
    unit: Unit
    widths: list[float]
    sides: list[int]


def live(grid: Grid, cost: str, by: str) -> Live:
    """Return the rows of a product of widths and resolutions of one net; ``by``: what parts are."""
    (part,) = grid.parts
    found = parts_of(grid, by)
    totals = {name: getattr(part.totals, name)[:, :, 0].tolist() for name in QUANTITIES}
    made = {
        f"{name}_parts": [pair[index].tolist() for pair in found.values()]
        for index, name in enumerate(COUNTED)
    }
    unit = unit_of(cost, [max(map(max, totals[cost]))])
    widths = [float(width) for width in part.widths]
    kept = in_shape(part)
    rows = [
        {
            "width": width,
            "side": part.resolutions[r][0],
            "resolution": str(resolution_name(*part.resolutions[r])),
            "y": totals[cost][w][r] / unit.size,
            **{name: format_quantity(name, totals[name][w][r]) for name in QUANTITIES},
            **{name: " ".join(str(one[w][r]) for one in counts) for name, counts in made.items()},
        }
        for w, width in enumerate(widths)
        for r in kept
    ]
    return Live(rows, tuple(found), unit, widths, [part.resolutions[r][0] for r in kept])
