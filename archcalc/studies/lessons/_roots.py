"""Sign changes of a function on an interval, to the last digits of a double."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def bisect(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where ``function`` changes its sign between ``low`` and ``high``.

    The signs at the two must differ; halving goes on until no double lies between.
    """
    below = function(low) < 0
    while True:
        middle = low + (high - low) / 2
        if middle in (low, high):
            return middle
        if (function(middle) < 0) == below:
            low = middle
        else:
            high = middle


def roots(
    function: Callable[[Floats], Floats], low: float, high: float, *, points: int = 4096
) -> list[float]:
    """Return the places inside (low, high) where ``function`` changes its sign.

    Two changes within one of the ``points`` steps are not seen.
    """

    def at(x: float) -> float:
        return float(function(np.array([x]))[0])

    grid = np.linspace(low, high, points + 2)[1:-1]  # at the ends another piece may hold
    signs = np.sign(function(grid))
    found = [float(x) for x in grid[signs == 0]]
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    return found + [bisect(at, float(grid[i]), float(grid[i + 1])) for i in changes]
