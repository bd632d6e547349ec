"""Areas and products behave as the arrays that they stand for."""

from __future__ import annotations

from typing import Any

import numpy as np

from archcalc.base.number import maximum, minimum, where
from archcalc.cost.scaling.factors import Area, Product, Sum, full
from tests.each import each

CHANNELS = np.array([3, 8, 16], dtype=np.int64).reshape(3, 1, 1)
SIDES = np.array([7, 14], dtype=np.int64).reshape(1, 2, 1)


def area() -> Any:
    return SIDES.view(Area)


def test_a_product_is_kept_apart() -> None:
    for product in (CHANNELS * (area() * area()), (area() * area()) * CHANNELS):
        assert isinstance(product, Product)
        assert product.area.shape == (1, 2, 1)
        assert np.array_equal(full(product), CHANNELS * SIDES * SIDES)


@each(
    "rule",
    [
        lambda c, a: c * a * a * 9,
        lambda c, a: 9 * (a * a) * c,
        lambda c, a: (c * a) * (c * a),
        lambda c, a: (c * a) * a * c,
        lambda c, a: a * (c * a),
        lambda c, a: c * a + c,
        lambda c, a: c + c * a,
        lambda c, a: 5 - c * a,
        lambda c, a: c * a - a,
        lambda c, a: c * a // 4,
        lambda c, a: 1000 // (c * a),
        lambda c, a: minimum(c * a, 50),
        lambda c, a: maximum(c, c * a),
        lambda c, a: where(c * a < 100, c * a, a),
        lambda c, a: where(a < 10, c, c * a),
        lambda c, a: (a + 1) // 2 * c,
        lambda c, a: np.int64(3) * a * c,
    ],
)
def test_every_rule_gives_what_plain_arrays_give(rule: Any) -> None:
    expected = np.broadcast_to(rule(CHANNELS, SIDES), (3, 2, 1))
    found = np.broadcast_to(full(rule(CHANNELS, area())), (3, 2, 1))
    assert found.dtype == np.int64
    assert np.array_equal(found, expected)


def test_sums() -> None:
    total = Sum()
    for value in (5, 0, area(), CHANNELS, CHANNELS * area(), CHANNELS * area() * area()):
        total.add(value)
        total.add(value, 3)
    plain = 5 + SIDES + CHANNELS + CHANNELS * SIDES + CHANNELS * SIDES * SIDES
    assert np.array_equal(total.total(), 4 * plain)
    assert type(total.total()) is np.ndarray


def test_an_empty_sum() -> None:
    assert Sum().total() == 0
