"""Information loss of ReLU: a spiral through m random units and back (MobileNetV2, Figure 1).

y = ReLU(T x) with T (m × 2) of independent normal entries, and x̃ = T⁺ y with T's pseudoinverse, as
in the paper. T⁺ y is the least-squares solution of T x̃ = y.

Two other decoders separate the loss of ReLU from that of the decoder. A point is lost where fewer
than two units are active (their rows have rank below 2): no function of y can restore it. As each
row of T is as likely as its negative, every unit is active with probability 1/2, so that
(m + 1) / 2^m of the points are lost on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record, Table
from archcalc.studies.lessons.arrays import Floats, finite, frozen

DECODERS: Mapping[str, str] = MappingProxyType(
    {
        "pinv": "x̃ = T⁺ y, the paper's: since y holds about half of T x, it tends to x / 2 and its "
        "error to 50 %",
        "fitted": "x̃ = A y, the linear map that fits this spiral best: it undoes that half",
        "active": "x̃ from the rows of the units that fire on each point: exact unless it is lost",
    }
)
"""The decoders from y back to the plane, by name."""

_ON_MEANS = (
    "pinv at m = 2 has no mean over all T, since a nearly singular T has a huge inverse: few draws "
    "make up the mean printed, and the median is the figure to read"
)


@dataclass(frozen=True, eq=False)
class ManifoldDraw:
    """One random T: the points before and after. Arrays are read-only, one column per point."""

    matrix: Floats
    """T, (m, 2)."""
    x: Floats
    """The points, (2, n)."""
    y: Floats
    """ReLU(T x), (m, n)."""
    back: Mapping[str, Floats]
    """x̃ by decoder, (2, n) each."""
    lost: npt.NDArray[np.bool_]
    """Points on which the active rows of T have rank below 2, (n,)."""

    @property
    def error(self) -> dict[str, float]:
        """‖x̃ − x‖ / ‖x‖ over all points (relative RMS), by decoder."""
        norm = np.linalg.norm(self.x)
        return {
            name: float(np.linalg.norm(back - self.x) / norm) for name, back in self.back.items()
        }

    @property
    def lost_share(self) -> float:
        """Share of the points that are lost."""
        return float(self.lost.mean())


@dataclass(frozen=True)
class Dimension:
    """The results of many draws for one m."""

    m: int
    draws: int
    errors: Mapping[str, tuple[float, ...]]
    """Relative RMS error of every draw, by decoder."""
    lost: tuple[float, ...]
    """Share of lost points of every draw."""

    @property
    def expected_lost(self) -> Fraction:
        """(m + 1) / 2^m: the expected share of lost points over all T."""
        return Fraction(self.m + 1, 2**self.m)


@dataclass(frozen=True)
class ManifoldStudy(Table):
    """Reconstruction error against m, over seeded draws of T."""

    points: int
    turns: float
    seed: int
    relu: bool
    dimensions: tuple[Dimension, ...]

    @property
    def title(self) -> str:
        kind = "ReLU" if self.relu else "no activation"
        draws = self.dimensions[0].draws
        return f"spiral of {self.points} points through {kind} and back, {draws} draws each"

    def records(self) -> list[Record]:
        """Return one record an m and decoder: relative RMS error and share of lost points."""
        return [
            {
                "m": one.m,
                "decoder": name,
                "mean": float(np.mean(errors)),
                "std": float(np.std(errors)),
                "p10": float(np.quantile(errors, 0.1)),
                "median": float(np.median(errors)),
                "p90": float(np.quantile(errors, 0.9)),
                "lost": float(np.mean(one.lost)),
                "expected_lost": float(one.expected_lost) if self.relu else 0.0,
            }
            for one in self.dimensions
            for name, errors in one.errors.items()
        ]

    def notes(self) -> Sequence[str]:
        """Return the decoders in words, and a remark on the mean at small m."""
        if not self.relu:
            return ("nothing is lost: every decoder is exact, to rounding",)
        return [
            *(f"{name}: {text}" for name, text in DECODERS.items()),
            _ON_MEANS,
        ]

    def to_dict(self) -> Record:
        return {
            "points": self.points,
            "turns": self.turns,
            "seed": self.seed,
            "relu": self.relu,
            "rows": self.records(),
        }


def spiral(points: int = 400, *, turns: float = 2.0) -> Floats:
    """Return an Archimedean spiral around the origin as (2, points), of radius up to 1.

    The origin, which every T maps to 0, is left out.
    """
    if type(points) is not int or not 3 <= points <= 100_000:
        raise ArchcalcError(f"points: an integer from 3 to 100000, not {points!r}")
    if not 0 < turns <= 100:
        raise ArchcalcError(f"turns: above 0 and at most 100, not {turns!r}")
    radius = np.arange(1, points + 1) / points
    angle = 2 * np.pi * turns * radius
    return frozen(radius * np.stack([np.cos(angle), np.sin(angle)]))


def embed(
    x: npt.ArrayLike, m: int, *, seed: int = 0, draw: int = 0, relu: bool = True
) -> ManifoldDraw:
    """Map points by one random T to m dimensions and ReLU, and back by every decoder.

    ``x``: (2, n). ``relu=False`` leaves the activation out: no point is lost, and every error is
    0 up to rounding. T depends on ``seed``, ``m`` and ``draw`` alone.

    Raises ArchcalcError for points not in a plane, and m below 2.
    """
    plane = finite(x, "x")
    if plane.ndim != 2 or len(plane) != 2 or not plane.any():
        raise ArchcalcError("x: points in a plane as (2, n), not all at the origin")
    for name, value, least in (("m", m, 2), ("seed", seed, 0), ("draw", draw, 0)):
        if type(value) is not int or not least <= value <= 10**6:
            raise ArchcalcError(f"{name}: an integer from {least} to 1000000, not {value!r}")
    matrix = np.random.default_rng((seed, m, draw)).standard_normal((m, 2))
    before = matrix @ plane
    y = np.maximum(before, 0.0) if relu else before
    active = before > 0 if relu else np.ones(before.shape, dtype=bool)
    back, lost = _by_active_rows(matrix, y, active)
    fitted = np.linalg.lstsq(y.T, plane.T, rcond=None)[0].T
    return ManifoldDraw(
        frozen(matrix),
        plane,
        frozen(y),
        MappingProxyType(
            {
                "pinv": frozen(np.linalg.pinv(matrix) @ y),
                "fitted": frozen(fitted @ y),
                "active": frozen(back),
            }
        ),
        frozen(lost),
    )


def manifold_study(
    dimensions: Sequence[int] = (2, 3, 5, 15, 30),
    *,
    draws: int = 100,
    seed: int = 0,
    points: int = 400,
    turns: float = 2.0,
    relu: bool = True,
) -> ManifoldStudy:
    """Return the reconstruction error of the spiral for each m, over ``draws`` random T.

    The default m are those of the paper's figure. The same seed gives the same numbers for an m,
    whatever the others. Raises ArchcalcError as `embed` and `spiral`.
    """
    if not dimensions:
        raise ArchcalcError("dimensions: at least one m")
    if type(draws) is not int or not 1 <= draws <= 100_000:
        raise ArchcalcError(f"draws: an integer from 1 to 100000, not {draws!r}")
    x = spiral(points, turns=turns)
    return ManifoldStudy(
        points,
        turns,
        seed,
        relu,
        tuple(_dimension(x, m, draws, seed, relu=relu) for m in dimensions),
    )


def _dimension(x: Floats, m: int, draws: int, seed: int, *, relu: bool) -> Dimension:
    taken = [embed(x, m, seed=seed, draw=draw, relu=relu) for draw in range(draws)]
    errors = [draw.error for draw in taken]
    return Dimension(
        m,
        draws,
        MappingProxyType({name: tuple(error[name] for error in errors) for name in DECODERS}),
        tuple(draw.lost_share for draw in taken),
    )


def _by_active_rows(
    matrix: Floats, y: Floats, active: npt.NDArray[np.bool_]
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return each point decoded from its active rows, and where these have rank below 2.

    A lost point is decoded to the one of least norm that gives its y.
    """
    # m lines through the origin divide the plane into 2m sectors: few patterns
    patterns, which = np.unique(active, axis=1, return_inverse=True)
    # rows of zeros replace the inactive ones: they change neither an inverse nor a rank
    rows = matrix * patterns.T[:, :, None]
    inverses = np.linalg.pinv(rows)
    which = which.reshape(-1)
    back = np.empty((2, y.shape[1]))
    for index, inverse in enumerate(inverses):
        here = which == index
        back[:, here] = inverse @ y[:, here]
    return back, np.linalg.matrix_rank(rows)[which] < 2
