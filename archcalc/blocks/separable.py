"""Depthwise-separable convolution: a depthwise, then a pointwise convolution."""

from __future__ import annotations

from typing import ClassVar

from pydantic import StrictBool

from archcalc.blocks._base import Act, Block, Channels, Emitter, Value
from archcalc.blocks.conv import ConvRow, DepthwiseRow
from archcalc.ops._window import Kernel, Pad, Stride


class Separable(Block):
    """Depthwise D_K x D_K, then pointwise 1x1, each with norm and activation as asked.

    MobileNets, section 3.1: costs 1/N + 1/D_K² of the full convolution.
    """

    name: ClassVar[str] = "sepconv"
    spellings: ClassVar[tuple[str, ...]] = ("separable", "separable conv", "sep conv")
    defaults_of: ClassVar[tuple[str, ...]] = ("conv",)

    kernel: Kernel
    stride: Stride = 1
    pad: Pad = "same"
    bn: StrictBool = False
    bias: StrictBool | None = None
    act: Act = None
    out: Channels

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        shared = {"bn": self.bn, "bias": self.bias, "act": self.act}
        depthwise = DepthwiseRow(kernel=self.kernel, stride=self.stride, pad=self.pad, **shared)
        x = net.block(depthwise, x, part="depthwise")
        return net.block(ConvRow(kernel=(1, 1), out=self.out, **shared), x, part="pointwise")
