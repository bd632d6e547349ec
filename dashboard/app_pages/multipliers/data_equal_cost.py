"""Curves of equal cost as a chart draws them."""

from __future__ import annotations

from archcalc import Grid, Net
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_quantity
from archcalc.studies.budgets.equal_cost import EqualCost, equal_cost
from dashboard.shell.choice import Choice

_NAMES = {0.25: "¼×", 0.5: "½×", 1.0: "1×", 2.0: "2×"}


def equal_of(net: Net, choice: Choice, cost: str, grid: Grid) -> EqualCost:
    """Return the curves of a net's cost; ``grid``: `multipliers.fine_grid_of` it.

    Raises ArchcalcError for a net without a width multiplier, or one that costs nothing.
    """
    return equal_cost(net, cost, grid=grid, convention=choice.convention, dtype=choice.dtype)


def curves(table: EqualCost) -> list[Record]:
    """Return the records of all curves that have more than a point, at square resolutions.

    With ``side``, the name of the curve, its records in a sentence (``about``), and ``named``: at
    which end its name stands, the narrow one.
    """
    found: list[Record] = []
    for level in table.levels:
        own = [r for r in table.curve(level) if isinstance(r["resolution"], int)]
        if len(own) > 1:
            name = _NAMES.get(float(level), f"{format_decimal(float(level))}×")
            found += [
                {
                    "width": record["width"],
                    "side": record["resolution"],
                    "level": record["level"],
                    "name": name,
                    "named": record is own[-1],
                    "about": f"α {format_decimal(record['width'])}, {record['resolution']} px: "
                    f"{format_quantity(table.by, record['cost'])} ({name})",
                }
                for record in own
            ]
    return found
