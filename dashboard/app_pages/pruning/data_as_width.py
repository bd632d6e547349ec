"""Uniform pruning beside the width multiplier that it would be, and what is printed of that."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from archcalc import ArchcalcError, Net
from archcalc.base.messages import Messages
from archcalc.base.units import format_decimal
from archcalc.cost.scaling.pruned_as_width import AsWidth, as_width, usual_ratios
from archcalc.language.spec.rounding import Rounding
from dashboard.kit.printed import Badge, badges
from dashboard.shell.fields import Field

QUARTERS = ("0.25", "0.5", "0.75")


def _read_ratio(text: str) -> str:
    value = float(text)
    if not 0 < value < 1:
        raise ValueError("cut_r: a ratio above 0 and below 1")
    return format_decimal(value)


RATIO = Field("cut_r", "", _read_ratio)
"""The ratio whose groups are listed; "" for the net's own, or the most telling one."""


def pairs(net: Net, convention: str, dtype: str) -> dict[str, AsWidth]:
    """Return both nets for each usual ratio, and for the net's own uniform one; by the ratio.

    A net without a usual width below its own is compared at quarters; one without widths nowhere.
    """
    if net.spec.rounding is None:
        return {}
    ratios = set(usual_ratios(net)) or set(QUARTERS)
    if isinstance(net.prune, float) and net.prune:
        ratios.add(format_decimal(net.prune))
    found = {}
    for ratio in sorted(ratios, key=Fraction):
        try:
            found[ratio] = as_width(net, ratio, convention, dtype=dtype)
        except ArchcalcError:  # a net that cannot be so narrow, or a width of more decimals
            continue
    return found


def shown_ratio(found: dict[str, AsWidth], net: Net, asked: str) -> str:
    """Return the ratio to list the groups of: what is asked for, the net's own, one half."""
    own = format_decimal(net.prune) if isinstance(net.prune, float) else ""
    return next((one for one in (asked, own, "0.5") if one in found), next(iter(found)))


def printed_of(t: Messages, pair: AsWidth) -> list[Badge]:
    """Return what papers print of the α-net, each figure once, those of its own paper first."""
    return badges(t, pair.narrow)


def first_of(found: list[Badge], quantity: str) -> Badge | None:
    """Return the first printed figure of a quantity; None where nothing is printed."""
    return next((one for one in found if one.quantity == quantity), None)


def step_of(rounding: Rounding, multiple: int) -> int:
    """Return of what C·(1 − r) is to be a multiple, that neither of the two rules rounds it."""
    return lcm(multiple, rounding.divisor) if rounding.method == "divisible" else multiple


def agreed(found: dict[str, AsWidth]) -> tuple[list[str], list[str]]:
    """Return the ratios at which the two are one net, and those at which they are not."""
    same = [ratio for ratio, pair in found.items() if pair.same]
    return same, [ratio for ratio in found if ratio not in same]
