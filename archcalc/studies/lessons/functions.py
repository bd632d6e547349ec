"""The activation functions with their derivatives, by the names of `ops.activation`.

Values and derivatives are exact formulas that neither overflow nor cancel. At a kink, where the
derivative has two one-sided values, it is that of the outer piece: 0 at both ends of ReLU6 and of
h-sigmoid, 0 at x = 0 for ReLU (0.1 for leaky ReLU), 0 at −3 and 1 at 3 for h-swish. torch's
autograd does the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.ops.activation import parse_activation
from archcalc.studies.lessons.arrays import Floats


@dataclass(frozen=True)
class Tail:
    """The limit of a function on one side."""

    limit: float
    exact_from: float | None
    """The x beyond which the value *equals* the limit; None where it only approaches it."""


@dataclass(frozen=True)
class Function:
    """An activation; ``value`` and ``derivative`` take x and β, which swish alone uses."""

    kind: str
    label: str
    """The papers' spelling: "h-swish"."""
    formula: str
    source: str
    kinks: tuple[float, ...]
    """Where the derivative jumps; none: it is smooth."""
    left: Tail | None
    """None: no limit towards −∞."""
    right: Tail | None
    value: Callable[[Floats, float], Floats]
    derivative: Callable[[Floats, float], Floats]


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + e^−x)."""
    small = np.exp(-np.abs(x))  # at most 1: nothing overflows
    return np.asarray(np.where(x < 0, small, 1.0) / (1 + small))


def _bell(x: Floats) -> Floats:
    """Return σ(x) (1 − σ(x)), without the cancellation of 1 − σ for large x."""
    small = np.exp(-np.abs(x))
    return np.asarray(small / (1 + small) ** 2)


def _hard_sigmoid(x: Floats) -> Floats:
    return np.asarray(np.clip(x + 3, 0, 6) / 6)


def _within(x: Floats, low: float, high: float) -> Floats:
    return ((low < x) & (x < high)).astype(np.float64)


def _hard_swish_slope(x: Floats) -> Floats:
    return np.where(x >= 3, 1.0, np.where(x <= -3, 0.0, (2 * x + 3) / 6))


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.kind: function
        for function in (
            Function(
                "relu",
                "ReLU",
                "max(x, 0)",
                "Nair & Hinton 2010",
                (0.0,),
                Tail(0.0, 0.0),
                None,
                lambda x, _: np.maximum(x, 0.0),
                lambda x, _: (x > 0).astype(np.float64),
            ),
            Function(
                "relu6",
                "ReLU6",
                "min(max(x, 0), 6)",
                "Krizhevsky 2010; MobileNetV2",
                (0.0, 6.0),
                Tail(0.0, 0.0),
                Tail(6.0, 6.0),
                lambda x, _: np.clip(x, 0.0, 6.0),
                lambda x, _: _within(x, 0, 6),
            ),
            Function(
                "sigmoid",
                "sigmoid",
                "σ(x) = 1 / (1 + e^−x)",
                "the gate of squeeze-and-excite, Hu et al. 2018",
                (),
                Tail(0.0, None),
                Tail(1.0, None),
                lambda x, _: sigmoid(x),
                lambda x, _: _bell(x),
            ),
            Function(
                "swish",
                "swish",
                "x · σ(βx)",
                "Ramachandran et al. 2017",
                (),
                Tail(0.0, None),
                None,
                lambda x, beta: x * sigmoid(beta * x),
                lambda x, beta: sigmoid(beta * x) + beta * x * _bell(beta * x),
            ),
            Function(
                "hard_sigmoid",
                "h-sigmoid",
                "ReLU6(x + 3) / 6",
                "MobileNetV3, section 5.2",
                (-3.0, 3.0),
                Tail(0.0, -3.0),
                Tail(1.0, 3.0),
                lambda x, _: _hard_sigmoid(x),
                lambda x, _: _within(x, -3, 3) / 6,
            ),
            Function(
                "hard_swish",
                "h-swish",
                "x · ReLU6(x + 3) / 6",
                "MobileNetV3, section 5.2",
                (-3.0, 3.0),
                Tail(0.0, -3.0),
                None,
                lambda x, _: np.where(x <= -3, 0.0, x * _hard_sigmoid(x)),  # 0, and not −0
                lambda x, _: _hard_swish_slope(x),
            ),
            Function(
                "tanh",
                "tanh",
                "2σ(2x) − 1",
                "LeCun et al. 1998",
                (),
                Tail(-1.0, None),
                Tail(1.0, None),
                lambda x, _: np.tanh(x),
                lambda x, _: 4 * _bell(2 * x),
            ),
            Function(
                "leaky_relu",
                "leaky ReLU",
                "max(x, x / 10)",
                "Maas et al. 2013; the slope of Darknet",
                (0.0,),
                None,
                None,
                lambda x, _: np.maximum(x, 0.1 * x),
                lambda x, _: np.where(x > 0, 1.0, 0.1),
            ),
        )
    }
)
"""By the operator's name."""


def function_named(kind: str) -> Function:
    """Return a function by any spelling of its name; raises UnknownName."""
    try:
        return FUNCTIONS[parse_activation(kind)]
    except (ValueError, KeyError):
        raise UnknownName("activation", str(kind), FUNCTIONS) from None


def require_beta(beta: float) -> None:
    """Raise ArchcalcError unless β is from 0.05 to 20, the range of the searches on curves."""
    if not 0.05 <= beta <= 20:
        raise ArchcalcError(f"beta: a number from 0.05 to 20, not {beta!r}")
