"""What a rounding rule may hold, and what it leaves out."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from archcalc.language.spec.rounding import Rounding


def test_bounds() -> None:
    assert (Rounding(method="divisible").divisor, Rounding(method="divisible").min) == (8, 8)
    for field in ("divisor", "min"):
        for value in (1, 2**20):
            assert getattr(Rounding(method="divisible", **{field: value}), field) == value
        for value in (0, 2**20 + 1, 1.0):
            with pytest.raises(ValidationError):
                Rounding(method="divisible", **{field: value})
