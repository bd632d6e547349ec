"""Softmax over channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from archcalc.language.ops._base import IntShape, Operator, Shape, elements
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Softmax(Operator):
    """Softmax over the channels of every position: a classifier's probabilities."""

    name: ClassVar[str] = "softmax"

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(softmax=elements(output))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from torch import nn

        return nn.Softmax(dim=1)
