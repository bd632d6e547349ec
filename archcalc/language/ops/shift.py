"""Shift of a feature map by whole pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StrictInt

from archcalc.base.limits import KERNEL
from archcalc.language.ops._base import IntShape, Operator, Shape
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Shift(Operator):
    """Move the map up and left by ``pixels``; zeros come in below and on the right.

    A strided pool after it reads the pixels that it would skip otherwise, as in NASNet's
    factorized reduction. No arithmetic.
    """

    name: ClassVar[str] = "shift"

    pixels: Annotated[StrictInt, Field(ge=1, le=KERNEL)] = 1

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms()

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import Shift as Module

        return Module(self.pixels)
