"""Product of a feature map and a gate: squeeze-and-excite's scaling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from archcalc.base.errors import ShapeError
from archcalc.base.names import sides_text
from archcalc.base.number import Number
from archcalc.language.ops._base import ChannelRule, IntShape, Operator, Shape, elements
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Multiply(Operator):
    """Product of a map and a gate, of the same shape or (channels, 1, 1)."""

    name: ClassVar[str] = "multiply"
    spellings: ClassVar[tuple[str, ...]] = ("mul",)
    arity: ClassVar[tuple[int, int | None]] = (2, 2)

    @property
    def channel_rule(self) -> ChannelRule:
        return "tie"

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        (_, *sides), (_, *gate) = inputs
        if gate not in (sides, [1, 1]):
            raise ShapeError(
                f"a gate of {sides_text(*gate)} does not fit a map of {sides_text(*sides)}"
            )

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        (_, *sides), (_, *gate) = inputs
        high, wide = (g - s for g, s in zip(gate, sides, strict=True))
        # 0 where the gate is of one pixel, and where it is as large as the map
        return [((gate[0] * gate[1] - 1) * (high * high + wide * wide), 0)]

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(multiply=elements(output))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import Product

        return Product()
