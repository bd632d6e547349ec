"""Activation functions as curves: values and derivatives on a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal
from archcalc.studies.lessons.arrays import Floats, finite, frozen
from archcalc.studies.lessons.curve_facts import Facts, activation_facts
from archcalc.studies.lessons.functions import (
    FUNCTIONS,
    Function,
    function_named,
    require_beta,
)


@dataclass(frozen=True, eq=False)
class Curve:
    """One function on a grid; all arrays have the grid's length and are read-only."""

    function: Function
    x: Floats
    value: Floats
    derivative: Floats


@dataclass(frozen=True, eq=False)
class ActivationTable(Table):
    """Several functions on one grid, with their facts."""

    beta: float
    curves: tuple[Curve, ...]
    facts: tuple[Facts, ...]

    @property
    def title(self) -> str:
        grid = self.curves[0].x
        low, high, beta = map(format_decimal, (grid[0], grid[-1], self.beta))
        return f"activations from {low} to {high}, swish with β = {beta}"

    def records(self) -> list[Record]:
        """Return one record per function and grid point, for a line chart."""
        return [
            {
                "activation": curve.function.kind,
                "x": float(x),
                "value": float(value),
                "derivative": float(slope),
            }
            for curve in self.curves
            for x, value, slope in zip(curve.x, curve.value, curve.derivative, strict=True)
        ]

    def notes(self) -> Sequence[str]:
        """Return the remark on derivatives at kinks, where there are some."""
        kinks = ", ".join(
            f"{curve.function.label} at "
            f"{' and '.join(format_decimal(x) for x in curve.function.kinks)}"
            for curve in self.curves
            if curve.function.kinks
        )
        if not kinks:
            return ()
        return [f"at a kink the derivative is that of the outer piece, as in torch: {kinks}"]

    def to_dict(self) -> Record:
        return {
            "beta": self.beta,
            "functions": [facts.to_dict() for facts in self.facts],
            "rows": self.records(),
        }


def evaluate(kind: str, x: Any, *, beta: float = 1.0) -> Curve:
    """Return the values and derivatives of one activation at ``x``, one dimension of numbers.

    ``kind``: a name or spelling as in a spec ("hard_swish", "HS"). ``beta``: swish's β, from 0.05
    to 20, ignored by the others. At a kink the derivative is that of the outer piece, as in
    torch's autograd: 0 for ReLU at 0, ReLU6 at 0 and 6, h-sigmoid at ±3, h-swish at −3, 0.1 for
    leaky ReLU at 0 and 1 for h-swish at 3.

    Raises UnknownName, and ArchcalcError for an ``x`` that is not finite or a β out of range.

    >>> curve = evaluate("h-swish", [-3, 0, 1, 3])
    >>> curve.derivative.tolist()
    [0.0, 0.5, 0.8333333333333334, 1.0]
    """
    function, grid = function_named(kind), finite(x, "x")
    if grid.ndim != 1:
        raise ArchcalcError(f"x: one dimension of numbers, not {grid.ndim}")
    require_beta(beta)
    return Curve(
        function,
        grid,
        frozen(function.value(grid, beta)),
        frozen(function.derivative(grid, beta)),
    )


def activations(
    kinds: Sequence[str] = tuple(FUNCTIONS),
    *,
    low: float = -8.0,
    high: float = 8.0,
    points: int = 1025,
    beta: float = 1.0,
) -> ActivationTable:
    """Return the curves and facts of several activations on ``points`` even steps.

    The default step is 1/64, so that every kink is a point of the grid. Raises as `evaluate`,
    and ArchcalcError for an empty choice or grid.
    """
    if not kinds:
        raise ArchcalcError("kinds: at least one activation")
    if type(points) is not int or not 2 <= points <= 1_000_000:
        raise ArchcalcError(f"points: an integer from 2 to 1000000, not {points!r}")
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ArchcalcError(f"low must be below high, both finite, not {low} and {high}")
    grid = np.linspace(low, high, points)
    curves = tuple(evaluate(kind, grid, beta=beta) for kind in kinds)
    return ActivationTable(beta, curves, tuple(activation_facts(kind, beta=beta) for kind in kinds))
