"""Blocks of pixels moved into channels: YOLOv2's passthrough layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StrictInt

from archcalc.base.errors import ShapeError
from archcalc.base.names import sides_text
from archcalc.base.number import Number
from archcalc.language.ops._base import ChannelRule, IntShape, Operator, Shape, divides
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class SpaceToDepth(Operator):
    """Stack the pixels of each block of ``block`` x ``block`` as channels: no arithmetic.

    (C, H, W) → (C · block², H / block, W / block); YOLO9000 (arXiv:1612.08242), section 2,
    "Fine-Grained Features"; Darknet calls it reorg.
    """

    name: ClassVar[str] = "space_to_depth"
    spellings: ClassVar[tuple[str, ...]] = ("reorg", "passthrough")

    block: Annotated[StrictInt, Field(ge=2, le=16, description="side of a block in pixels")] = 2

    @property
    def channel_rule(self) -> ChannelRule:
        return "concat"

    @property
    def stacks(self) -> int:
        return self.block * self.block

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        _, height, width = inputs[0]
        if height % self.block or width % self.block:
            blocks = sides_text(self.block, self.block)
            raise ShapeError(
                f"a map of {sides_text(height, width)} cannot be cut into blocks of {blocks}"
            )

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        return divides(self.block, *inputs[0][1:])

    def shape(self, inputs: Sequence[Shape], channels: Number) -> Shape:
        _, height, width = inputs[0]
        return channels, height // self.block, width // self.block

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms()

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import SpaceToDepth

        return SpaceToDepth(self.block)
