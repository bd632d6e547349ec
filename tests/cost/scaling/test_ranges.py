"""Ranges are decimals, to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc.base.errors import ArchcalcError
from archcalc.cost.scaling.ranges import decimals, parse_range
from tests.each import each


def test_the_widths_of_mobilenet_v2() -> None:
    values = parse_range("0.25:1.4:0.05", "widths")
    assert len(values) == 24
    assert values[:3] == ["0.25", "0.30", "0.35"]
    assert values[-1] == "1.40"
    assert all(len(value) == 4 for value in values)


@each(
    ("text", "values"),
    [
        ("96:224:32", ["96", "128", "160", "192", "224"]),
        ("96:223:32", ["96", "128", "160", "192"]),
        ("0:0.7:0.1", ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]),
        ("1", ["1"]),
        ("0.25, 0.5,1", ["0.25", "0.5", "1"]),
        ("224,224x160", ["224", "224x160"]),
        ("1:2:1,5", ["1", "2", "5"]),
        ("2:2:1", ["2"]),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert parse_range(text, "x") == values


@given(start=st.integers(0, 10**4), steps=st.integers(0, 500), step=st.integers(1, 10**4))
def test_every_value_is_exact(start: int, steps: int, step: int) -> None:
    a, s = Decimal(start) / 10_000, Decimal(step) / 10_000
    text = f"{a:f}:{a + steps * s:f}:{s:f}"
    assert [Decimal(v) for v in parse_range(text, "x")] == [a + i * s for i in range(steps + 1)]


@each(
    "text",
    [
        "", "a", "1:2", "1:2:3:4", "1:2:0", "2:1:0.5", "1,,2", "nan", "inf:inf:1", "0:inf:1",
        "nan:1:1", "-1", "1:2:-1", "1e3", "1:2:1e-99999999", "224x160:300:10",
        "9" * 500, "0x10:5:1",
    ],
)  # fmt: skip
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(ArchcalcError, match=r"^widths: ") as told:
        parse_range(text, "widths")
    assert len(str(told.value)) < 160


@pytest.mark.parametrize("text", ["0:1000000:1", "0:99999999:0.00001", "0:600000:1,0:600000:1"])
def test_too_many_values(text: str) -> None:
    with pytest.raises(ArchcalcError, match="at most 1,000,000 values"):
        parse_range(text, "x")


def test_numbers_keep_their_shortest_text() -> None:
    assert decimals([0.29, 1, "0.50"], "x") == ["0.29", "1", "0.50"]
