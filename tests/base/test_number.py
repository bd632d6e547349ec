"""A rule gives the same results on ints, arrays and formulas."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Any

import formulas
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc.base.errors import InvalidNumber
from archcalc.base.number import (
    SCALE,
    Formula,
    ceil_div,
    maximum,
    minimum,
    parse_cut,
    parse_ratio,
    parse_width,
    where,
)
from tests.each import each

Rule = Callable[[Any, Any, Any], Any]
"""An expression over three numbers."""

CELLS = ("A1", "B1", "C1")
numbers = st.integers(-40, 40)
positive = st.integers(1, 9)


def combine(name: str, function: Callable[..., Any], *parts: Rule) -> Rule:
    """Return ``function`` of rules; its name shows in a failing example."""

    def rule(a: Any, b: Any, c: Any) -> Any:
        return function(*(part(a, b, c) for part in parts))

    rule.__name__ = rule.__qualname__ = f"{name}({', '.join(p.__name__ for p in parts)})"
    return rule


def variable(index: int) -> Rule:
    def rule(*values: Any) -> Any:
        return values[index]

    rule.__name__ = rule.__qualname__ = CELLS[index]
    return rule


def constant(value: int) -> Rule:
    def rule(*_: Any) -> int:
        return value

    rule.__name__ = rule.__qualname__ = str(value)
    return rule


def choose(a: Any, b: Any, c: Any, d: Any) -> Any:
    return where(a < b, c, d)


def larger_than_zero(a: Any) -> Any:
    return maximum(a, 1)


def rules() -> st.SearchStrategy[Rule]:
    leaves = st.one_of(
        st.builds(variable, st.integers(0, 2)),
        st.builds(constant, st.integers(-5, 12)),
    )

    def extend(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        def build(name: str, function: Callable[..., Any], count: int) -> st.SearchStrategy[Rule]:
            return st.tuples(*[inner] * count).map(lambda parts: combine(name, function, *parts))

        return st.one_of(
            build("add", operator.add, 2),
            build("sub", operator.sub, 2),
            build("mul", operator.mul, 2),
            build("minimum", minimum, 2),
            build("maximum", maximum, 2),
            build("where", choose, 4),
            build("floordiv", lambda a, b: a // larger_than_zero(b), 2),
            build("ceil_div", lambda a, b: ceil_div(a, larger_than_zero(b)), 2),
        )

    return st.recursive(leaves, extend, max_leaves=8)


def evaluate(text: str, values: tuple[int, ...]) -> float:
    """Return the value of a formula, by an independent library."""
    call = formulas.Parser().ast(f"={text}")[1].compile()
    cells = dict(zip(CELLS, values, strict=True))
    return float(np.asarray(call(*[cells[str(name)] for name in call.inputs])).item())


@settings(deadline=None)
@given(rules(), numbers, numbers, numbers)
def test_a_formula_computes_what_python_does(rule: Rule, a: int, b: int, c: int) -> None:
    written = rule(*map(Formula, CELLS))
    expected = rule(a, b, c)
    if isinstance(written, Formula):
        assert evaluate(written.text, (a, b, c)) == expected
    else:
        assert written == expected


@settings(deadline=None)
@given(rules(), st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=5))
def test_arrays_hold_what_python_computes(rule: Rule, rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    together = np.broadcast_to(rule(*columns), len(rows))
    assert together.tolist() == [rule(*row) for row in rows]


@given(numbers, positive)
def test_ceil_div_rounds_up(a: int, b: int) -> None:
    assert ceil_div(a, b) == ceil(Fraction(a, b))


@given(numbers, numbers)
def test_minimum_and_maximum_of_ints_are_ints(a: int, b: int) -> None:
    assert (minimum(a, b), maximum(a, b)) == (min(a, b), max(a, b))
    assert type(minimum(a, b)) is type(maximum(a, b)) is int


@each(
    ("written", "expected"),
    [
        (lambda a, b, c: a + b + c, "A1+B1+C1"),
        (lambda a, b, c: a - (b - c), "A1-(B1-C1)"),
        (lambda a, b, c: a - b - c, "A1-B1-C1"),
        (lambda a, b, c: a * (b + c), "A1*(B1+C1)"),
        (lambda a, b, c: a * b + c, "A1*B1+C1"),
        (lambda a, b, c: 2 - a * -3 + b - c, "2-A1*(-3)+B1-C1"),
        (lambda a, b, c: a // (b * c), "INT(A1/(B1*C1))"),
        (lambda a, b, c: (a + b) // c, "INT((A1+B1)/C1)"),
        (lambda a, b, c: 7 // a + b // c, "INT(7/A1)+INT(B1/C1)"),
        (lambda a, b, c: a // b * c, "INT(A1/B1)*C1"),
        (lambda a, b, c: where(a < b, b + 1, c), "IF(A1<B1,B1+1,C1)"),
        (lambda a, b, c: where(b - a > c, a, 0), "IF(C1<B1-A1,A1,0)"),
        (lambda a, b, c: minimum(a + b, 3) * c, "MIN(A1+B1,3)*C1"),
    ],
)
def test_brackets_are_written_only_where_needed(written: Rule, expected: str) -> None:
    assert str(written(*map(Formula, CELLS))) == expected


@given(st.integers(0, 20 * SCALE))
def test_a_ratio_of_four_places_is_exact(scaled: int) -> None:
    whole, places = divmod(scaled, SCALE)
    text = f"{whole}.{places:04}"
    assert parse_ratio(text, "width") == scaled
    assert parse_ratio(float(text), "width") == scaled


@each("value", ["", "wide", "nan", "inf", "0.00001", 1 / 3, "1e-5", None])
def test_what_is_no_decimal_of_four_places_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="width must be a"):
        parse_ratio(value, "width")


@each(("value", "scaled"), [("0.0001", 1), ("16", 160_000), (1, 10_000)])
def test_a_width_lies_above_zero_and_within_the_limit(value: Any, scaled: int) -> None:
    assert parse_width(value) == scaled
    for beyond in (0, "16.0001", -1):
        with pytest.raises(InvalidNumber, match="above 0 and at most 16"):
            parse_width(beyond)


@pytest.mark.parametrize(("value", "scaled"), [("0", 0), ("0.9999", 9_999)])
def test_a_cut_leaves_something(value: Any, scaled: int) -> None:
    assert parse_cut(value, "prune") == scaled
    for beyond in (1, "-0.1"):
        with pytest.raises(InvalidNumber, match=r"prune: .* at least 0 and below 1"):
            parse_cut(beyond, "prune")
