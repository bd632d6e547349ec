"""The front against its definition, point by point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc.studies.budgets.pareto import non_dominated

small = st.integers(-3, 3)  # so that many are equal
wide = st.integers(-(2**62), 2**62)
real = st.floats(allow_nan=False, allow_infinity=False)


def points(value: st.SearchStrategy, least: int, most: int) -> st.SearchStrategy:
    return st.integers(least, most).flatmap(
        lambda size: st.lists(st.tuples(*[value] * size), min_size=1, max_size=40)
    )


def by_definition(rows: list[tuple]) -> list[bool]:
    def dominates(one: tuple, other: tuple) -> bool:
        pairs = list(zip(one, other, strict=True))
        return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)

    return [not any(dominates(other, row) for other in rows) for row in rows]


@given(st.one_of(points(small, 1, 4), points(wide, 1, 4), points(real, 1, 4)))
def test_it_is_the_definition(rows: list[tuple]) -> None:
    assert non_dominated(*zip(*rows, strict=True)).tolist() == by_definition(rows)


def test_integers_beyond_floats_are_distinguished() -> None:
    large = 2**60
    assert non_dominated([large, large + 1], [1, 1]).tolist() == [True, False]


def test_nothing_and_bad_shapes() -> None:
    assert non_dominated([], []).tolist() == []
    with pytest.raises(ValueError, match="one length"):
        non_dominated([1, 2], [1])
    with pytest.raises(ValueError, match="at least one"):
        non_dominated()


def test_a_million_points() -> None:
    random = np.random.default_rng(0)
    costs, errors = random.random((2, 1_000_000))
    kept = non_dominated(costs, errors)
    front = np.argsort(costs[kept])
    # down the front every point is better than the last; every other point is above a step of it
    steps_cost, steps_error = costs[kept][front], errors[kept][front]
    assert (np.diff(steps_error) < 0).all()
    at = np.searchsorted(steps_cost, costs[~kept], side="right") - 1
    assert (at >= 0).all()
    assert (steps_error[at] <= errors[~kept]).all()
