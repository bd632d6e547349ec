"""The input cells, as referred to by the other sheets."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc.base.number import Formula


@dataclass(frozen=True)
class Knobs:
    """``width`` and the ratios in 1/10⁴; sizes in pixels; ``size`` is bytes of one value.

    ``stages``: the ratio of each prunable stage. ``divisor`` and ``classes`` are None where
    nothing depends on them.
    """

    width: Formula
    height: Formula
    side: Formula
    stages: dict[int, Formula]
    divisor: Formula | None
    classes: Formula | None
    batch: Formula
    size: Formula
