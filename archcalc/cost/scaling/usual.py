"""The usual variants of a net: the papers' widths and resolutions, and its own."""

from __future__ import annotations

from decimal import Decimal

from archcalc.base.units import format_decimal
from archcalc.cost.scaling.possible import Side, fitting_sides, fitting_widths
from archcalc.language.graph import Net
from archcalc.language.graph.build import parse_resolution

WIDTHS = ("0.25", "0.35", "0.5", "0.75", "1", "1.25", "1.4")
"""The width multipliers of MobileNet V1, V2 and V3 (their tables and released models)."""

ENOUGH = 4
"""Number of printed resolutions from which on no others are added."""


def usual_widths(net: Net) -> list[str]:
    """Return width multipliers in rising order: those of `WIDTHS`, of its claims, and its own.

    Only "1" for a net whose spec states no width multiplier. Widths that its grouped layers
    cannot split are left out.
    """
    if net.spec.rounding is None:
        return ["1"]
    claimed = (format_decimal(claim.width) for claim in net.spec.claims)
    return fitting_widths(net, (*WIDTHS, *claimed, format_decimal(net.width)))


def fine_widths(net: Net, step: str = "0.05") -> list[str]:
    """Return the `usual_widths` and those between them, ``step`` apart, in rising order."""
    usual = usual_widths(net)
    if len(usual) == 1:
        return usual
    least, most, by = Decimal(usual[0]), Decimal(usual[-1]), Decimal(step)
    between = (str((least + by * index).normalize()) for index in range(int((most - least) / by)))
    return fitting_widths(net, (*usual, *between))


def usual_resolutions(net: Net) -> list[Side]:
    """Return (height, width) in pixels, smallest area first: the reference, printed, its own.

    Where papers print fewer than `ENOUGH`, 3/7 to 6/7 of the reference are added, rounded to a
    multiple of a power of two: 96, 128, 160 and 192 for 224, as in the MobileNets; 8/7 to 10/7
    where few of those fit. Sides at which a map vanishes or branches do not match are left out.
    """
    height, width = reference = net.spec.input[1:]
    claimed = [claim.resolution for claim in net.spec.claims if claim.resolution]
    known = {reference, net.size, *(parse_resolution(side, reference) for side in claimed)}
    found = {net.size, *fitting_sides(net.spec, known)}
    for sevenths in (range(3, 7), range(8, 11)):
        if len(found) < ENOUGH:
            sides = {(_part(height, k), _part(width, k)) for k in sevenths}
            found.update(fitting_sides(net.spec, sides))
    return fitting_sides(net.spec, found)


def _part(side: int, sevenths: int) -> int:
    """Return ``sevenths``/7 of a side, rounded to the largest power of two in its seventh.

    >>> [_part(side, 3) for side in (224, 300, 512, 32)]
    [96, 128, 192, 12]
    """
    step = 1 << max(0, (side // 7).bit_length() - 1)
    return max(1, (side * sevenths * 2 + 7 * step) // (14 * step)) * step
