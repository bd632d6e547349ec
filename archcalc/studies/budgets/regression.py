"""Interpolates accuracies by a small regression, selected by leave-one-out error."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SPARE = 2
"""Minimum number of points beyond the number of coefficients."""

FORMS = ("linear", "squares", "second order")
LINKS = ("top-1", "log of the error rate")


@dataclass(frozen=True)
class Fit:
    """A least-squares fit of top-1 in percent.

    ``errors``: leave-one-out errors, predicted less true value.
    """

    form: str
    link: str
    coefficients: Floats
    errors: Floats

    def predict(self, variables: Floats) -> Floats:
        """Return top-1 in percent for rows of variables."""
        return _unlink(_terms(variables, self.form) @ self.coefficients, self.link)

    @property
    def mean_error(self) -> float:
        """Mean absolute leave-one-out error, in percentage points."""
        return float(np.abs(self.errors).mean())

    @property
    def worst_error(self) -> float:
        """Largest absolute leave-one-out error, in percentage points."""
        return float(np.abs(self.errors).max())


def best_fit(variables: Floats, top1: Floats) -> Fit | None:
    """Return the fit with the least mean absolute leave-one-out error.

    ``variables``: one row per point, a column each for log α and log ρ, or the one that varies.
    Candidates: linear, with squares, and full second order, of top-1 itself and of
    log(100 − top-1). log MAdds and log parameters as variables, and radial basis functions, are
    no better on MobileNet V1 and V2. None where there are too few points.
    """
    if not variables.shape[1]:
        return None
    fits = [fit(variables, top1, form, link) for form in FORMS for link in LINKS]
    found = [one for one in fits if one is not None]
    # of equal errors the simplest, which comes first
    return min(found, key=lambda one: one.mean_error, default=None)


def fit(variables: Floats, top1: Floats, form: str, link: str) -> Fit | None:
    """Return one fit; None with too few points or where one alone determines a coefficient."""
    terms = _terms(variables, form)
    if len(top1) < terms.shape[1] + SPARE or np.linalg.matrix_rank(terms) < terms.shape[1]:
        return None
    target = _link(top1, link)
    coefficients, *_ = np.linalg.lstsq(terms, target, rcond=None)
    orthogonal, _ = np.linalg.qr(terms)
    leverage = (orthogonal**2).sum(axis=1)
    if (leverage > 1 - 1e-9).any():
        return None
    # Leave-one-out residuals without refitting (Allen's PRESS).
    left_out = target - (target - terms @ coefficients) / (1 - leverage)
    return Fit(form, link, np.asarray(coefficients, float), _unlink(left_out, link) - top1)


def hull_contains(points: Floats, queries: Floats) -> npt.NDArray[np.bool_]:
    """Return which of ``queries`` are in the convex hull of ``points``, including its border.

    Rows of one or two coordinates.
    """
    slack = 1e-9
    low, high = points.min(axis=0) - slack, points.max(axis=0) + slack
    inside = ((queries >= low) & (queries <= high)).all(axis=1)
    if points.shape[1] == 1:
        return np.asarray(inside)
    corners = _hull(points)
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        inside &= _turn(start, end, queries) >= -slack
    return np.asarray(inside)


def _terms(variables: Floats, form: str) -> Floats:
    columns = [np.ones(len(variables)), *variables.T]
    if form != "linear":
        columns += [column**2 for column in variables.T]
    if form == "second order":
        columns += [a * b for a, b in combinations(variables.T, 2)]
    return np.stack(columns, axis=1)


def _link(top1: Floats, link: str) -> Floats:
    return top1 if link == "top-1" else np.log(100 - top1)


def _unlink(value: Floats, link: str) -> Floats:
    return value if link == "top-1" else 100 - np.exp(value)


def _turn(start: Any, end: Any, queries: Floats) -> Any:
    """Return the signed distance (scaled) of queries left of the line ``start`` to ``end``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    return dx * (queries[..., 1] - start[1]) - dy * (queries[..., 0] - start[0])


def _hull(points: Floats) -> list[tuple[float, float]]:
    """Return the corners of the convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    chains = []
    for sequence in (ordered, ordered[::-1]):
        chain: list[tuple[float, float]] = []
        for point in sequence:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], np.asarray(point)) <= 0:
                chain.pop()
            chain.append(point)
        chains.append(chain[:-1])
    return [*chains[0], *chains[1]] or ordered
