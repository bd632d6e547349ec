"""The cells of a heat map: the usual widths and resolutions of a net, and its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from archcalc import Grid, Net
from archcalc.base.names import resolution_name
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_decimal,
    format_exact,
    format_percent,
    format_quantity,
    percent,
    unit_of,
)
from archcalc.cost.scaling.possible import Side


def cells(
    grid: Grid, net: Net, cost: str, widths: Sequence[float], sides: Sequence[Side]
) -> list[Record]:
    """Return a record a cell: ``width``, ``resolution``, the cost, and whether it is the net's.

    ``text``: the cost as a cell has room for it, in the unit of `unit_text`. ``percent``: of the
    net's own cost. ``pale``: whether its colour, on a logarithmic scale, is
    of the light half, so that letters on it are dark.
    """
    found = list(_cells(grid, net, cost, widths, sides))
    values = [cell["value"] for cell in found]
    middle = _scaled(min(values)) + 0.55 * (_scaled(max(values)) - _scaled(min(values)))
    own = next(cell["value"] for cell in found if cell["own"])
    unit = unit_of(cost, values)
    for cell in found:
        cell["text"] = (
            format_decimal(cell["value"] / unit.size, 3) if _is_bytes(cost) else cell["amount"]
        )
        cell["pale"] = _scaled(cell["value"]) > middle
        of_own = percent(cell["value"], own)
        cell["percent"] = "" if of_own is None else format_percent(of_own, 1)
    return found


def unit_text(cells: Sequence[Record], cost: str) -> str:
    """Return the unit of the cells' texts: "MiB"; "" where each has its own, as "301M"."""
    return unit_of(cost, [cell["value"] for cell in cells]).name if _is_bytes(cost) else ""


def _is_bytes(cost: str) -> bool:
    return cost.endswith("_bytes")


def _cells(
    grid: Grid, net: Net, cost: str, widths: Sequence[float], sides: Sequence[Side]
) -> Iterator[Record]:
    (part,) = grid.parts
    every = [float(width) for width in part.widths]
    costs = getattr(part.totals, cost)
    for width in widths:
        for side in sides:
            value = int(costs[every.index(width), part.resolutions.index(side), 0])
            text = format_quantity(cost, value)
            yield {
                "width": format_decimal(width),
                "resolution": str(resolution_name(*side)),
                "value": value,
                "amount": text,
                "exact": format_exact(value),
                "own": width == net.width and side == net.size,
                "about": f"α {format_decimal(width)}, {resolution_name(*side)} px: {text}",
            }


def _scaled(value: int) -> float:
    return log(value) if value > 0 else 0.0
