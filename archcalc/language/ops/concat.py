"""Concatenation along channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from archcalc.base.number import Number
from archcalc.language.ops._base import (
    ChannelRule,
    IntShape,
    Operator,
    Shape,
    one_size,
    require_one_size,
)
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Concat(Operator):
    """The channels of several maps of one size, one after another; costs no arithmetic."""

    name: ClassVar[str] = "concat"
    spellings: ClassVar[tuple[str, ...]] = ("cat", "concatenate", "depth_concat")
    arity: ClassVar[tuple[int, int | None]] = (2, None)

    @property
    def channel_rule(self) -> ChannelRule:
        return "concat"

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        require_one_size(inputs)

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        return one_size(inputs)

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms()

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import Concatenate

        return Concatenate()
