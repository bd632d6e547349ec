"""Channel shuffle of ShuffleNet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StrictInt

from archcalc.base.errors import ShapeError
from archcalc.base.number import Number
from archcalc.language.ops._base import IntShape, Operator, Shape, divides
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class ChannelShuffle(Operator):
    """Interleave the channels of ``groups`` groups (ShuffleNet, section 3.1): no arithmetic."""

    name: ClassVar[str] = "channel_shuffle"
    spellings: ClassVar[tuple[str, ...]] = ("shuffle",)

    groups: Annotated[StrictInt, Field(ge=1)]

    def groups_of(self, inputs: Sequence[Shape]) -> int:
        return self.groups

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        if channels % self.groups:
            raise ShapeError(f"{channels} channels cannot be split into {self.groups} groups")

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        return divides(self.groups, channels)

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms()

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import ChannelShuffle as Module

        return Module(self.groups)
