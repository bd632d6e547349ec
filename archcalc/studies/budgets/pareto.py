"""The exact Pareto front: the points that no other point dominates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def non_dominated(*objectives: Sequence[Any] | npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return which points no other point dominates; all objectives are minimised.

    A point dominates another if it is no worse in each objective and better in one, so equal
    points do not dominate one another. Negate an objective to maximise it; NaN is not allowed.
    Values are compared exactly. O(n log n) for one or two objectives, O(n × size of the result)
    for more.

    >>> non_dominated([1, 2, 3, 1], [3, 3, 1, 3]).tolist()
    [True, False, True, True]
    """
    if not objectives:
        raise ValueError("at least one objective is needed")
    values = [np.asarray(objective) for objective in objectives]
    size = len(values[0])
    if any(value.shape != (size,) for value in values):
        raise ValueError("objectives are sequences of one length")
    if not size:
        return np.zeros(0, dtype=bool)
    # Ranks keep the order and the equality of values, in one integer type.
    ranks = [np.unique(value, return_inverse=True)[1].astype(np.int64) for value in values]
    # A point can only be dominated by one that comes before it in this order.
    order = np.lexsort(ranks[::-1])
    columns = np.stack([rank[order] for rank in ranks], axis=1)
    kept = _two(columns) if columns.shape[1] <= 2 else _many(columns)
    result = np.zeros(size, dtype=bool)
    result[order] = kept
    return result


def _two(columns: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which sorted points with one or two objectives are kept."""
    first, last = columns[:, 0], columns[:, -1]
    starts = np.r_[True, first[1:] != first[:-1]]
    run = np.cumsum(starts) - 1
    # The least second objective of a run of equal first ones is at its start.
    least = last[starts]
    before = np.minimum.accumulate(np.r_[np.iinfo(np.int64).max, least[:-1]])
    return np.asarray((last == least[run]) & (least < before)[run], dtype=bool)


def _many(columns: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which sorted points are kept: each of them removes those that it dominates."""
    alive = np.arange(len(columns))
    kept = np.zeros(len(columns), dtype=bool)
    while alive.size:
        first = columns[alive[0]]
        rest = columns[alive]
        same = (rest == first).all(axis=1)
        kept[alive[same]] = True
        alive = alive[(rest < first).any(axis=1)]
    return kept
