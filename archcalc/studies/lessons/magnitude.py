"""Pruning by magnitude: single weights, whole filters, or scale factors, on small arrays.

All three score each candidate (lower is cut first) and cut the scores below a threshold, or a share
of the candidates. Sources: weights, Han et al. 2015 (arXiv:1506.02626); filters by their L1 norm,
Li et al. 2017 (arXiv:1608.08710); scale factors γ (network slimming), Liu et al. 2017
(arXiv:1708.06519).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import sides_text
from archcalc.base.number import SCALE, parse_cut
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal, format_share
from archcalc.studies.lessons.arrays import Floats, finite, frozen

Norm = Literal["l1", "l2"]

EXAMPLE_WEIGHTS = (
    (0.5, 1.3, 4.3, -0.1),
    (0.1, -0.2, -1.2, 0.3),
    (1.0, 3.0, -0.4, 0.1),
    (-0.5, -0.1, -3.4, -5.0),
)
"""The textbook example of magnitude pruning."""
EXAMPLE_SCALES = (-0.4, 0.4, 2.9, -4.2)
"""Scale factors γ of four channels: two near zero, one large and negative."""


@dataclass(frozen=True, eq=False)
class PrunedArray(Table):
    """An array, the scores and the mask of its pruning. Arrays are read-only."""

    what: str
    """The kind of candidate: "weight", "row", "column", "slice of axis 2", "scale"."""
    weights: Floats
    scores: Floats
    """One per candidate: the shape of ``weights``, or the length of the filters' axis."""
    kept: npt.NDArray[np.bool_]
    """Of the shape of ``scores``."""
    rule: str
    """The threshold or the ratio, in words."""
    axis: int | None = None
    """The filters' axis; None for single entries."""

    @property
    def mask(self) -> npt.NDArray[np.bool_]:
        """``kept`` in the shape of ``weights``."""
        if self.axis is None:
            return self.kept
        shape = [-1 if axis == self.axis else 1 for axis in range(self.weights.ndim)]
        return np.broadcast_to(self.kept.reshape(shape), self.weights.shape)

    @property
    def masked(self) -> Floats:
        """The weights with the cut ones zeroed: the shape, and so every cost, is unchanged."""
        return np.where(self.mask, self.weights, 0.0)

    @property
    def removed(self) -> Floats | None:
        """The weights without the cut filters, a smaller array; None for single weights.

        Unstructured zeros cannot be removed from an array.
        """
        if self.axis is None:
            return None
        return np.compress(self.kept, self.weights, axis=self.axis)

    @property
    def sparsity(self) -> Fraction:
        """Share of the weights that is cut."""
        return 1 - Fraction(int(self.mask.sum()), self.weights.size)

    @property
    def title(self) -> str:
        return f"{sides_text(*self.weights.shape)} by {self.what}, {self.rule}"

    def summary(self) -> Sequence[str]:
        """Return the number of cut candidates and the sparsity."""
        cut = int(self.kept.size - self.kept.sum())
        return [
            f"cut {cut} of {self.kept.size}: {format_share(float(self.sparsity))} of the weights"
        ]

    def records(self) -> list[Record]:
        """Return one record per candidate, in the order of the array."""
        return [
            {
                "index": ", ".join(map(str, index)),
                "score": float(self.scores[index]),
                "kept": bool(self.kept[index]),
            }
            for index in np.ndindex(self.scores.shape)
        ]

    def to_dict(self) -> Record:
        removed = self.removed
        return {
            "what": self.what,
            "rule": self.rule,
            "axis": self.axis,
            "weights": self.weights.tolist(),
            "masked": self.masked.tolist(),
            "removed": None if removed is None else removed.tolist(),
            "sparsity": str(self.sparsity),
            "rows": self.records(),
        }


def prune_weights(
    weights: npt.ArrayLike, *, threshold: float | None = None, ratio: float | str | None = None
) -> PrunedArray:
    """Cut single weights by |w|, of an array of any shape.

    Give one of ``threshold`` (cut |w| < threshold) and ``ratio`` (cut that share, rounded down;
    among equal scores the first in the array goes first). Raises ArchcalcError otherwise.

    >>> int(prune_weights(EXAMPLE_WEIGHTS, threshold=0.5).kept.sum())
    9
    """
    array = finite(weights, "weights")
    kept, rule = _choose(np.abs(array), threshold, ratio, "|w|")
    return PrunedArray("weight", array, frozen(np.abs(array)), kept, rule)


def prune_filters(
    weights: npt.ArrayLike,
    *,
    norm: Norm = "l1",
    axis: int = 0,
    threshold: float | None = None,
    ratio: float | str | None = None,
) -> PrunedArray:
    """Cut whole filters, the slices along ``axis``, by their L1 norm Σ|w| or L2 norm √Σw².

    ``axis`` 0 are the rows of a matrix and the output channels of torch's weights, 1 the columns
    and the input channels. ``threshold`` and ``ratio`` as in `prune_weights`.

    >>> prune_filters(EXAMPLE_WEIGHTS, ratio=0.25).kept.tolist()
    [True, False, True, True]
    """
    array = finite(weights, "weights")
    if norm not in ("l1", "l2"):
        raise ArchcalcError(f"norm: l1 or l2, not {norm!r}")
    if type(axis) is not int or not 0 <= axis < array.ndim:
        raise ArchcalcError(f"axis: an integer from 0 to {array.ndim - 1}, not {axis!r}")
    others = tuple(other for other in range(array.ndim) if other != axis)
    scores = np.abs(array).sum(others) if norm == "l1" else np.sqrt((array**2).sum(others))
    kept, rule = _choose(scores, threshold, ratio, f"{norm.upper()} norm")
    what = {0: "row", 1: "column"}.get(axis, f"slice of axis {axis}")
    return PrunedArray(what, array, frozen(scores), kept, rule, axis)


def prune_scales(
    scales: npt.ArrayLike, *, threshold: float | None = None, ratio: float | str | None = None
) -> PrunedArray:
    """Cut channels by |γ|, the scale factor of each one's norm.

    ``scales``: one dimension, one γ per channel. ``threshold`` and ``ratio`` as in
    `prune_weights`.

    >>> prune_scales(EXAMPLE_SCALES, ratio=0.5).removed.tolist()
    [2.9, -4.2]
    """
    array = finite(scales, "scales")
    if array.ndim != 1:
        raise ArchcalcError(f"scales: one γ a channel, not an array of {array.ndim} dimensions")
    kept, rule = _choose(np.abs(array), threshold, ratio, "|γ|")
    return PrunedArray("scale", array, frozen(np.abs(array)), kept, rule, 0)


def histogram(pruned: PrunedArray, bins: int = 41) -> list[Record]:
    """Return a histogram of the kept and the cut weights, in equal bins about 0.

    A record has the ends ``low`` (included) and ``high``, and the numbers ``kept`` and ``cut``.
    """
    if type(bins) is not int or not 1 <= bins <= 1000:
        raise ArchcalcError(f"bins: an integer from 1 to 1000, not {bins!r}")
    most = float(np.abs(pruned.weights).max()) or 1.0
    edges = np.linspace(-most, most, bins + 1)
    kept, cut = (
        np.histogram(pruned.weights[mask], edges)[0].tolist()
        for mask in (pruned.mask, ~pruned.mask)
    )
    return [
        {"low": low, "high": high, "kept": stay, "cut": go}
        for low, high, stay, go in zip(
            edges[:-1].tolist(), edges[1:].tolist(), kept, cut, strict=True
        )
    ]


def _choose(
    scores: Floats, threshold: float | None, ratio: float | str | None, symbol: str
) -> tuple[npt.NDArray[np.bool_], str]:
    """Return which scores stay, and the rule in words."""
    if (threshold is None) == (ratio is None):
        raise ArchcalcError("give a threshold or a ratio, one of the two")
    if threshold is not None:
        if not np.isfinite(threshold) or threshold < 0:
            raise ArchcalcError(f"threshold: a number of at least 0, not {threshold!r}")
        return frozen(scores >= threshold), f"cut where {symbol} < {format_decimal(threshold)}"
    assert ratio is not None
    share = parse_cut(ratio, "ratio")
    cut: Any = scores.size * share // SCALE
    kept = np.ones(scores.size, dtype=bool)
    kept[np.argsort(scores, axis=None, kind="stable")[:cut]] = False
    return frozen(
        kept.reshape(scores.shape)
    ), f"cut the lowest {format_decimal(share / 100)}% by {symbol}"
