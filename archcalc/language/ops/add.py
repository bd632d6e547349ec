"""Sum of feature maps: the residual connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from archcalc.base.number import Number
from archcalc.language.ops._base import (
    ChannelRule,
    IntShape,
    Operator,
    Shape,
    elements,
    one_size,
    require_one_size,
)
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Add(Operator):
    """Element-wise sum of two or more maps of one shape."""

    name: ClassVar[str] = "add"
    arity: ClassVar[tuple[int, int | None]] = (2, None)

    @property
    def channel_rule(self) -> ChannelRule:
        return "tie"

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        require_one_size(inputs)

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        return one_size(inputs)

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(add=elements(output) * (len(inputs) - 1))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import Sum

        return Sum()
