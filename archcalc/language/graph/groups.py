"""Channel groups: channels that must keep one width, and the rule that gives it.

Layers are tied into one group by a depthwise convolution, an addition or squeeze-and-excite's
scaling. A group's width at a width multiplier is a rule over the groups before it, so that one
pass in order gives every width, on ints, arrays and formulas alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm
from typing import Any, Generic, TypeVar

from archcalc.base.number import SCALE, Number, maximum, minimum, where
from archcalc.language.spec.rounding import Rounding, divisible

Ref = TypeVar("Ref", int, str)
"""How a rule refers to other groups: by name, or by number while a graph is assembled."""


@dataclass(frozen=True)
class Fixed:
    """A width that no multiplier changes."""

    base: int


@dataclass(frozen=True)
class Scaled:
    """``base`` channels times the multiplier, which counts as at least ``least`` / 10⁴."""

    base: int
    least: int = 0


@dataclass(frozen=True)
class Proportional(Generic[Ref]):
    """``base`` channels at width 1; otherwise the same ratio to the scaled groups ``of``."""

    base: int
    of: tuple[Ref, ...]
    of_base: int


@dataclass(frozen=True)
class Squeeze(Generic[Ref]):
    """``ratio`` / 10⁴ of the actual width of the groups ``of``, rounded to ``divisor``."""

    base: int
    of: tuple[Ref, ...]
    ratio: int
    divisor: int


@dataclass(frozen=True)
class Joined(Generic[Ref]):
    """As many channels as the groups ``of`` together.

    For maps added to a concatenation, and for several filters per channel of one group.
    """

    base: int
    of: tuple[Ref, ...]


Rule = Fixed | Scaled | Proportional[str] | Squeeze[str] | Joined[str]


@dataclass(frozen=True)
class Group:
    """One channel group.

    ``name``: its first producer; ``rows``: ids of all rows that it ties; ``stage``: that of its
    first producer. The net's input and outputs are never prunable. ``split``: grouped
    convolutions and channel shuffles divide its channels by this.
    """

    name: str
    rule: Rule
    prunable: bool
    stage: int
    rows: tuple[str, ...]
    split: int = 1

    @property
    def base(self) -> int:
        """Width at multiplier 1, unpruned."""
        return self.rule.base


def group_widths(
    groups: tuple[Group, ...],
    rounding: Rounding | None,
    width: Number,
    prune: Mapping[str, Number],
    multiple: int = 8,
) -> dict[str, Any]:
    """Return the width of every group, by name.

    ``width`` is the multiplier and ``prune`` the ratio cut from a group after it, both in 1/10⁴;
    groups not in ``prune`` are not cut. A cut width is a multiple of ``multiple`` and of the
    group's ``split``. A squeeze follows the cut group by its rule, unless it has a ratio above 0
    of its own.
    """
    scaled: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    for group in groups:
        before = width_before(group, rounding, width, scaled)
        scaled[group.name] = before
        kept[group.name] = width_after(group, before, prune.get(group.name), multiple, kept)
    return kept


def width_before(
    group: Group, rounding: Rounding | None, width: Number, scaled: Mapping[str, Any]
) -> Any:
    """Return a group's width before pruning; ``scaled``: those of the groups before it."""
    rule = group.rule
    if isinstance(rule, (Squeeze, Joined)):
        return _derived(rule, scaled)
    if isinstance(rule, Fixed) or rounding is None:
        return rule.base
    if isinstance(rule, Scaled):
        effective = maximum(width, rule.least) if rule.least else width
        numerator, denominator = effective * rule.base, SCALE
    else:
        numerator, denominator = total(rule.of, scaled) * rule.base, rule.of_base
    # At width 1 the printed width holds, even if it is not a multiple of the divisor.
    rounded = rounding.apply(numerator, denominator)
    printed = rule.base * denominator
    other = where(printed < numerator, rounded, rule.base)
    return where(numerator < printed, rounded, other)


def width_after(
    group: Group, before: Number, ratio: Number | None, multiple: int, kept: Mapping[str, Any]
) -> Any:
    """Return a group's width after pruning; ``kept``: those of the groups before it.

    ``ratio``: the share cut, in 1/10⁴; None for a group that only follows its rule.
    """
    rule = group.rule
    derived = _derived(rule, kept) if isinstance(rule, (Squeeze, Joined)) else before
    if ratio is None:
        return derived
    after = cut(before, ratio, lcm(multiple, group.split))
    return where(ratio < 1, derived, after) if isinstance(rule, Squeeze) else after


def cut(channels: Number, ratio: Number, multiple: int) -> Any:
    """Return the channels kept when ``ratio`` / 10⁴ of them is cut.

    max(d, d · ⌊(C (1 − r) + d/2) / d⌋), never above C and never 0: monotone in the ratio, a
    multiple of d = ``multiple``. A ratio of 0 keeps every channel.
    """
    half_steps = channels * (SCALE - ratio) * 2 + multiple * SCALE
    steps = half_steps // (2 * SCALE * multiple)
    kept = minimum(channels, maximum(steps * multiple, multiple))
    return where(ratio < 1, channels, kept)


def total(names: tuple[str, ...], widths: Mapping[str, Any]) -> Any:
    """Return the channels of several groups together."""
    first, *rest = names
    channels = widths[first]
    for name in rest:
        channels = channels + widths[name]
    return channels


def _derived(rule: Squeeze[str] | Joined[str], widths: Mapping[str, Any]) -> Any:
    source = total(rule.of, widths)
    return source if isinstance(rule, Joined) else squeeze_width(source, rule.ratio, rule.divisor)


def squeeze_width(channels: Number, ratio: int, divisor: int) -> Any:
    """Return the squeezed width of a squeeze-and-excite block, ``ratio`` / 10⁴ of ``channels``.

    Without a divisor the fraction is dropped, as all authors do (C // 16, int(C · 0.25)).
    """
    if divisor == 1:
        return maximum(channels * ratio // SCALE, 1)
    return divisible(channels * ratio, SCALE, divisor, divisor)
