"""Pruning by magnitude: the slides' two examples by hand, and laws on drawn arrays."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils import prune

from archcalc.base.errors import ArchcalcError
from archcalc.studies.lessons import (
    EXAMPLE_SCALES,
    EXAMPLE_WEIGHTS,
    PrunedArray,
    prune_filters,
    prune_scales,
    prune_weights,
)
from tests.each import each

MATRICES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-20, 20), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)
RATIOS = st.integers(0, 9999).map(lambda ratio: ratio / 10_000)


def test_the_example_by_single_weights() -> None:
    cut = prune_weights(EXAMPLE_WEIGHTS, threshold=0.45)
    assert cut.masked.tolist() == [
        [0.5, 1.3, 4.3, 0.0],
        [0.0, 0.0, -1.2, 0.0],
        [1.0, 3.0, 0.0, 0.0],
        [-0.5, 0.0, -3.4, -5.0],
    ]
    assert cut.sparsity == Fraction(7, 16)
    # zeros that follow no axis leave the array as large as it was
    assert cut.removed is None


def test_the_example_by_filters() -> None:
    # rows: 6.2, 1.8, 4.5, 9.0; columns: 2.1, 4.6, 9.3, 5.5
    rows = prune_filters(EXAMPLE_WEIGHTS, ratio=0.5)
    np.testing.assert_allclose(rows.scores, [6.2, 1.8, 4.5, 9.0])
    assert rows.kept.tolist() == [True, False, False, True]
    assert rows.removed is not None
    assert rows.removed.tolist() == [list(EXAMPLE_WEIGHTS[0]), list(EXAMPLE_WEIGHTS[3])]
    columns = prune_filters(EXAMPLE_WEIGHTS, axis=1, threshold=5)
    np.testing.assert_allclose(columns.scores, [2.1, 4.6, 9.3, 5.5])
    assert columns.kept.tolist() == [False, False, True, True]
    assert columns.masked[:, :2].tolist() == [[0, 0]] * 4
    # by L2 a row of one large weight outranks a row of several middling ones
    l2 = prune_filters([[4.0, 0.0, 0.0], [2.0, 2.0, 2.0]], norm="l2", ratio=0.5)
    l1 = prune_filters([[4.0, 0.0, 0.0], [2.0, 2.0, 2.0]], norm="l1", ratio=0.5)
    assert (l2.kept.tolist(), l1.kept.tolist()) == ([True, False], [False, True])


def test_the_example_by_scale_factors() -> None:
    # the sign of γ says nothing: −4.2 is the strongest channel
    cut = prune_scales(EXAMPLE_SCALES, threshold=1)
    assert cut.kept.tolist() == [False, False, True, True]
    assert prune_scales(EXAMPLE_SCALES, ratio=0.75).removed.tolist() == [-4.2]  # type: ignore[union-attr]
    # of equal scores the first goes
    assert prune_scales(EXAMPLE_SCALES, ratio=0.25).kept.tolist() == [False, True, True, True]


@given(MATRICES, RATIOS)
def test_a_ratio_cuts_that_share_and_the_lowest(matrix: list[list[int]], ratio: float) -> None:
    for cut in (
        prune_weights(matrix, ratio=ratio),
        prune_filters(matrix, ratio=ratio),
        prune_filters(matrix, norm="l2", axis=1, ratio=ratio),
    ):
        # the share of the decimal that was given, not of the double that holds it
        exact = Fraction(round(ratio * 10_000), 10_000)
        assert (~cut.kept).sum() == math.floor(cut.kept.size * exact)
        if not cut.kept.all():
            assert cut.scores[~cut.kept].max() <= cut.scores[cut.kept].min()
        check(cut)


@given(MATRICES, st.integers(0, 60))
def test_a_threshold_cuts_what_is_below(matrix: list[list[int]], threshold: int) -> None:
    array = np.array(matrix)
    by_weight = prune_weights(matrix, threshold=threshold)
    np.testing.assert_array_equal(by_weight.kept, np.abs(array) >= threshold)
    for axis in (0, 1):
        lines = array if axis == 0 else array.T
        by_filter = prune_filters(matrix, axis=axis, threshold=threshold)
        expected = [sum(abs(int(w)) for w in line) >= threshold for line in lines]
        assert by_filter.kept.tolist() == expected
        check(by_filter)


def check(cut: PrunedArray) -> None:
    """Check the invariants of every result."""
    np.testing.assert_array_equal(cut.masked[cut.mask], cut.weights[cut.mask])
    assert not cut.masked[~cut.mask].any()
    assert cut.sparsity == Fraction(int((~cut.mask).sum()), cut.weights.size)
    if cut.axis is not None:
        assert cut.removed is not None
        assert cut.removed.size == cut.mask.sum()
        np.testing.assert_array_equal(cut.removed.ravel(), cut.weights[cut.mask])
    assert len(cut.records()) == cut.kept.size


@pytest.mark.parametrize("ratio", [0.25, 0.5])
def test_masks_are_those_of_torch(ratio: float) -> None:
    torch.manual_seed(0)
    conv = nn.Conv2d(4, 8, 3)
    weights = conv.weight.detach().numpy().astype(float)
    prune.l1_unstructured(conv, "weight", amount=ratio)
    np.testing.assert_array_equal(prune_weights(weights, ratio=ratio).mask, conv.weight_mask == 1)
    for norm, n in (("l1", 1), ("l2", 2)):
        for axis in (0, 1):
            conv = nn.Conv2d(4, 8, 3)
            weights = conv.weight.detach().numpy().astype(float)
            prune.ln_structured(conv, "weight", amount=ratio, n=n, dim=axis)
            ours = prune_filters(weights, norm=norm, axis=axis, ratio=ratio)  # type: ignore[arg-type]
            np.testing.assert_array_equal(ours.mask, conv.weight_mask == 1)


@each(
    ("given", "message"),
    [
        ({}, "a threshold or a ratio"),
        ({"threshold": 1, "ratio": 0.5}, "a threshold or a ratio"),
        ({"threshold": -1}, "threshold: a number of at least 0"),
        ({"threshold": math.nan}, "threshold: a number of at least 0"),
        ({"ratio": 1}, "ratio: a prune ratio of at least 0 and below 1"),
        ({"ratio": "half"}, "ratio must be a number"),
        ({"ratio": 0.5, "axis": 2}, "axis: an integer from 0 to 1"),
        ({"ratio": 0.5, "norm": "l3"}, "norm: l1 or l2"),
    ],
)
def test_what_cannot_be_is_one_line(given: dict[str, object], message: str) -> None:
    with pytest.raises(ArchcalcError, match=message) as caught:
        prune_filters(EXAMPLE_WEIGHTS, **given)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_what_is_no_array_of_numbers_is_refused() -> None:
    for weights in ([], [[1, 2], [3]], [math.nan], ["a"]):
        with pytest.raises(ArchcalcError, match="weights: "):
            prune_weights(weights, ratio=0.5)
    with pytest.raises(ArchcalcError, match="one γ a channel"):
        prune_scales(EXAMPLE_WEIGHTS, ratio=0.5)
