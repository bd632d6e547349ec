"""Fully connected layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from pydantic import StrictBool

from archcalc.base.number import Number
from archcalc.language.ops._base import ChannelRule, IntShape, Operator, Shape, elements
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Linear(Operator):
    """Fully connected layer over all elements of its input, flattened channel first."""

    name: ClassVar[str] = "linear"

    bias: StrictBool = True

    @property
    def channel_rule(self) -> ChannelRule:
        return "new"

    def shape(self, inputs: Sequence[Shape], channels: Number) -> Shape:
        return channels, 1, 1

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        weights = elements(inputs[0]) * output[0]
        biases = output[0] if self.bias else 0
        return Terms(linear=weights, bias=biases, weights=weights, biases=biases)

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import FlatLinear

        return FlatLinear(elements(inputs[0]), output[0], bias=self.bias)
