"""Depthwise-separable convolution: a depthwise, then a pointwise convolution."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, StrictBool

from archcalc.language.blocks._base import Channels, Emitter, Value
from archcalc.language.blocks.conv import ConvRow, ConvUnit, DepthwiseRow


class Separable(ConvUnit):
    """Depthwise D_K x D_K, then pointwise 1x1, each with its norm and activation.

    Costs 1/N + 1/D_K² of the full convolution (MobileNets, section 3.1). Squeeze-and-excite
    comes last. ``linear_end: true``: no activation after the pointwise convolution (MnasNet,
    Figure 7d).
    """

    name: ClassVar[str] = "sepconv"
    spellings: ClassVar[tuple[str, ...]] = ("separable", "separable conv", "sep conv")
    defaults_of: ClassVar[tuple[str, ...]] = ("conv",)

    linear_end: StrictBool = Field(False, description="no activation after the pointwise one")
    out: Channels

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        shared = {"bn": self.bn, "bias": self.bias}
        depthwise = DepthwiseRow(
            kernel=self.kernel,
            stride=self.stride,
            pad=self.pad,
            dilation=self.dilation,
            act=self.act,
            **shared,
        )
        x = net.block(depthwise, x, part="depthwise")
        act = None if self.linear_end else self.act
        pointwise = ConvRow(kernel=(1, 1), out=self.out, act=act, se=self.se, **shared)
        return net.block(pointwise, x, part="pointwise")
