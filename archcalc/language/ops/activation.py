"""Activation functions: element-wise ones, and softmax over channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from archcalc.language.ops._base import IntShape, Operator, Shape, elements
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn

ActivationKind = Literal[
    "relu", "relu6", "sigmoid", "swish", "hard_sigmoid", "hard_swish", "tanh", "leaky_relu"
]
_ALIASES: dict[str, ActivationKind] = {
    "re": "relu",
    "hs": "hard_swish",
    "h-swish": "hard_swish",
    "hardswish": "hard_swish",
    "silu": "swish",
    "h-sigmoid": "hard_sigmoid",
    "hardsigmoid": "hard_sigmoid",
    "leaky": "leaky_relu",
}
ACTIVATIONS: tuple[str, ...] = get_args(ActivationKind)


def parse_activation(value: Any) -> Any:
    """Return the name of an activation for a spelling such as "RE", "HS" or "h-swish".

    Raises ValueError, which lists the known ones.
    """
    if isinstance(value, str):
        if value in ACTIVATIONS:
            return value
        known = _ALIASES.get(value.lower().replace("_", "-"))
        if known is not None:
            return known
    raise ValueError(f"an activation, one of {', '.join(ACTIVATIONS)}, RE, HS, none")


class Activation(Operator):
    """An activation function, applied to every element."""

    name: ClassVar[str] = "activation"
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        name: {"kind": kind}
        for name, kind in ({k: k for k in ACTIVATIONS} | _ALIASES).items()
        if name not in ("re", "hs")
    }
    in_place: ClassVar[bool] = True

    kind: ActivationKind

    @property
    def label(self) -> str:
        return self.kind

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(activation=elements(output))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import activation

        return activation(self.kind)


class Softmax(Operator):
    """Softmax over the channels of every position: a classifier's probabilities."""

    name: ClassVar[str] = "softmax"

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(softmax=elements(output))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from torch import nn

        return nn.Softmax(dim=1)
