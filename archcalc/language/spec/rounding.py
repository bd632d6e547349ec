"""Rules that round a scaled channel count, exactly, on ints, arrays and formulas."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from archcalc.base.limits import CHANNELS
from archcalc.base.number import Number, maximum, where

_Count = Annotated[StrictInt, Field(ge=1, le=CHANNELS)]


class Rounding(BaseModel):
    """The rounding rule of a paper's authors.

    ``truncate``: ⌊v⌋, never below ``min`` (MobileNet V1).
    ``divisible``: the multiple of ``divisor`` nearest to v, raised by one step where that is
    below 90 % of v, never below ``min`` (MobileNet V2 and V3, ``make_divisible``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["truncate", "divisible"]
    divisor: _Count = 8
    min: _Count = 8

    def apply(self, numerator: Number, denominator: Number) -> Any:
        """Return the channels for v = numerator / denominator."""
        if self.method == "truncate":
            return maximum(numerator // denominator, self.min)
        return divisible(numerator, denominator, self.divisor, self.min)


def divisible(numerator: Number, denominator: Number, divisor: Number, least: Number) -> Any:
    """Round v = numerator / denominator to a multiple of ``divisor``, at least ``least``.

    The authors' ``make_divisible``, in integers: nearest multiple, halves up; one step more
    where that loses over 10 % of v.
    """
    half_steps = numerator * 2 + divisor * denominator
    nearest = maximum(half_steps // (denominator * divisor * 2) * divisor, least)
    return where(nearest * denominator * 10 < numerator * 9, nearest + divisor, nearest)
