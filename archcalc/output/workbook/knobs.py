"""The cells that a reader changes, as the formulas of the other sheets name them."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc.base.number import Formula


@dataclass(frozen=True)
class Knobs:
    """``width`` and the ratios in 1/10⁴; sizes in pixels; ``size`` is bytes of one value.

    ``stages``: the ratio of each stage that can be pruned. ``divisor`` and ``classes`` are None
    where they drive nothing.
    """

    width: Formula
    height: Formula
    side: Formula
    stages: dict[int, Formula]
    divisor: Formula | None
    classes: Formula | None
    batch: Formula
    size: Formula
