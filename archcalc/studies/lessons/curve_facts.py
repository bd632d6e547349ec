"""Properties of activation functions: saturation, minimum, and the gap of hard to soft ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record
from archcalc.studies.lessons.arrays import Floats
from archcalc.studies.lessons.functions import (
    FUNCTIONS,
    Function,
    Tail,
    function_named,
    require_beta,
)

SOFT_OF = {"hard_sigmoid": "sigmoid", "hard_swish": "swish"}
"""The soft function that each hard one replaces."""
NEAR = 0.01
"""A soft function counts as saturated within this distance of its limit."""


@dataclass(frozen=True)
class Saturation:
    """Where a function saturates on one side."""

    side: str
    """"left" or "right"."""
    limit: float
    begins: float
    """The x beyond which the value is the limit, or within `NEAR` of it."""
    exact: bool
    """Whether the value equals the limit there, so that the derivative is exactly 0."""


@dataclass(frozen=True)
class Facts:
    """The properties of a curve."""

    function: Function
    beta: float | None
    """β of swish; None: the function has none."""
    saturations: tuple[Saturation, ...]
    minimum: tuple[float, float] | None
    """(x, value) of a minimum that the function rises from on both sides; None: it is monotone."""

    @property
    def constant_share(self) -> float:
        """Share of standard normal inputs, as after a norm, on which the value is constant.

        There the derivative is 0.
        """
        return sum(
            _normal_beyond(-one.begins if one.side == "left" else one.begins)
            for one in self.saturations
            if one.exact
        )

    def to_dict(self) -> Record:
        """Return plain values."""
        function = self.function
        return {
            "activation": function.kind,
            "label": function.label,
            "formula": function.formula,
            "source": function.source,
            "kinks": list(function.kinks),
            "saturations": [asdict(one) for one in self.saturations],
            "minimum": list(self.minimum) if self.minimum else None,
        }


@dataclass(frozen=True)
class Gap:
    """The largest distance of a hard function from its soft one, over all x."""

    hard: str
    soft: str
    beta: float | None
    """β of swish; None: the pair has none."""
    at: tuple[float, ...]
    """Every x of the largest gap, from left to right."""
    size: float
    """|hard − soft| there."""

    def to_dict(self) -> Record:
        """Return plain values."""
        return {**asdict(self), "at": list(self.at)}


def activation_facts(kind: str, *, beta: float = 1.0) -> Facts:
    """Return where an activation saturates and where it has a minimum.

    ``beta``: swish's β, from 0.05 to 20. Raises UnknownName, and ArchcalcError for other β.
    """
    function = function_named(kind)
    require_beta(beta)
    tails = {"left": function.left, "right": function.right}
    saturations = tuple(
        _saturation(function, beta, side, tail) for side, tail in tails.items() if tail
    )
    lowest = None
    if function.kind in ("swish", "hard_swish"):
        # x times a gate: its minimum is left of 0, where the derivative is 0
        scale = _scale(function, beta)
        x = _bisect(lambda u: _slope(function, u, beta), -2.0 / scale, -1.0 / scale)
        lowest = (x, _at(function, x, beta))
    return Facts(function, _own_beta(function, beta), saturations, lowest)


def worst_gap(hard: str, *, beta: float = 1.0) -> Gap:
    """Return the largest |hard − soft| over all x: h-sigmoid and σ, h-swish and swish with β.

    Candidates are the kinks and every x where the gap's exact derivative changes sign, to double
    precision. Raises UnknownName, and ArchcalcError for an activation that replaces no soft one,
    or a β outside 0.05 to 20.

    >>> gap = worst_gap("h-swish")
    >>> gap.at, round(gap.size, 6)
    ((-3.0, 3.0), 0.142278)
    """
    first = function_named(hard)
    if first.kind not in SOFT_OF:
        raise ArchcalcError(f"{first.kind} replaces no soft function; {' and '.join(SOFT_OF)} do")
    require_beta(beta)
    second = FUNCTIONS[SOFT_OF[first.kind]]
    # 40 / β beyond the kinks the soft function equals its limit in double precision
    far = 3.0 + 40.0 / _scale(second, beta)
    candidates = list(first.kinks)
    for low, high in pairwise((-far, *first.kinks, far)):
        candidates += _roots(
            lambda x: first.derivative(x, beta) - second.derivative(x, beta), low, high
        )
    x = np.array(sorted(candidates))
    gaps = np.abs(first.value(x, beta) - second.value(x, beta))
    size = float(gaps.max())
    # both gaps are even in x, so that the largest is on both sides, to rounding
    at = tuple(float(place) for place in x[gaps >= size * (1 - 1e-12)])
    return Gap(first.kind, second.kind, _own_beta(second, beta), at, size)


def _bisect(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where ``function`` changes its sign between ``low`` and ``high``.

    The signs at the two must differ; bisects down to adjacent doubles.
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


def _roots(
    function: Callable[[Floats], Floats], low: float, high: float, *, points: int = 4096
) -> list[float]:
    """Return the places inside (low, high) where ``function`` changes its sign.

    Two changes within one of the ``points`` steps are missed.
    """

    def at(x: float) -> float:
        return float(function(np.array([x]))[0])

    grid = np.linspace(low, high, points + 2)[1:-1]  # another piece may apply at the ends
    signs = np.sign(function(grid))
    found = [float(x) for x in grid[signs == 0]]
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    return found + [_bisect(at, float(grid[i]), float(grid[i + 1])) for i in changes]


def _normal_beyond(x: float) -> float:
    """Return the share of a standard normal distribution above ``x``."""
    return math.erfc(x / math.sqrt(2)) / 2


def _saturation(function: Function, beta: float, side: str, tail: Tail) -> Saturation:
    if tail.exact_from is not None:
        return Saturation(side, tail.limit, tail.exact_from, exact=True)
    sign = -1.0 if side == "left" else 1.0

    def away(u: float) -> float:
        return abs(_at(function, sign * u, beta) - tail.limit) - NEAR

    # beyond 1.3 / β every soft function approaches its limit monotonically: swish's minimum, the
    # last of all, is just before
    scale = _scale(function, beta)
    begins = _bisect(away, 1.3 / scale, 1e3 / scale)
    return Saturation(side, tail.limit, sign * begins, exact=False)


def _scale(function: Function, beta: float) -> float:
    """Return what x is multiplied by inside ``function``."""
    return beta if function.kind == "swish" else 1.0


def _own_beta(function: Function, beta: float) -> float | None:
    return beta if function.kind == "swish" else None


def _at(function: Function, x: float, beta: float) -> float:
    return float(function.value(np.array([x]), beta)[0])


def _slope(function: Function, x: float, beta: float) -> float:
    return float(function.derivative(np.array([x]), beta)[0])
