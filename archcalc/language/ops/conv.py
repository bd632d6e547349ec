"""Convolution: ordinary, grouped and depthwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, StrictBool, StrictInt

from archcalc.base.errors import ShapeError
from archcalc.base.limits import CHANNELS
from archcalc.base.number import Number
from archcalc.language.ops._base import ChannelRule, IntShape, Operator, Shape, divides, elements
from archcalc.language.ops._terms import Terms
from archcalc.language.ops._window import (
    Kernel,
    Pad,
    Stride,
    kernel_text,
    torch_padding,
    window_output,
)

if TYPE_CHECKING:
    from torch import nn


class Conv(Operator):
    """2-D convolution; ``depthwise``: ``multiplier`` filters per channel.

    Multiply-adds: D_K · D_K · M / groups · N · D_F · D_F with D_F the side of the *output*
    (MobileNets, section 3.1, where the text says input).
    """

    name: ClassVar[str] = "conv"

    kernel: Kernel
    stride: Stride = 1
    pad: Pad = "same"
    dilation: Annotated[StrictInt, Field(ge=1, le=255)] = 1
    groups: Annotated[StrictInt, Field(ge=1)] = 1
    depthwise: StrictBool = False
    multiplier: Annotated[StrictInt, Field(ge=1, le=CHANNELS)] = 1
    bias: StrictBool = True

    @property
    def channel_rule(self) -> ChannelRule:
        return "keep" if self.depthwise and self.multiplier == 1 else "new"

    @property
    def label(self) -> str:
        kind = "dwconv" if self.depthwise else "conv" if self.groups == 1 else "gconv"
        return f"{kind} {kernel_text(self.kernel)}"

    @property
    def extent(self) -> tuple[int, int]:
        """Height and width that the kernel spans, dilation included."""
        height, width = self.kernel
        return (height - 1) * self.dilation + 1, (width - 1) * self.dilation + 1

    def kernel_size(self, inputs: Sequence[Shape]) -> tuple[Number, Number]:
        return self.kernel

    def stride_of(self) -> int:
        return self.stride

    def groups_of(self, inputs: Sequence[Shape]) -> Number:
        return inputs[0][0] if self.depthwise else self.groups

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        if self.depthwise and channels != inputs[0][0] * self.multiplier:
            raise ShapeError(
                f"{self.multiplier} filters on each of {inputs[0][0]} channels are not {channels}"
            )
        for count in () if self.depthwise else (inputs[0][0], channels):
            if count % self.groups:
                raise ShapeError(f"{count} channels cannot be split into {self.groups} groups")

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        if self.depthwise:
            return [(channels, inputs[0][0] * self.multiplier)]
        return divides(self.groups, inputs[0][0], channels)

    def shape(self, inputs: Sequence[Shape], channels: Number) -> Shape:
        _, height, width = inputs[0]
        tall, wide = self.extent
        return (
            channels,
            window_output(height, tall, self.stride, self.pad),
            window_output(width, wide, self.stride, self.pad),
        )

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        channels, height, width = output
        per_filter: Any = self.kernel[0] * self.kernel[1]
        if not self.depthwise:
            per_filter = per_filter * (inputs[0][0] // self.groups)
        weights = per_filter * channels
        return Terms(
            conv=weights * (height * width),
            bias=elements(output) if self.bias else 0,
            weights=weights,
            biases=channels if self.bias else 0,
        )

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch_windows import conv2d

        (channels, *sides), tall_wide = inputs[0], self.extent
        padding = [
            torch_padding(side, extent, self.stride, self.pad)
            for side, extent in zip(sides, tall_wide, strict=True)
        ]
        return conv2d(
            channels,
            output[0],
            self.kernel,
            stride=self.stride,
            padding=padding,
            dilation=self.dilation,
            groups=inputs[0][0] if self.depthwise else self.groups,
            bias=self.bias,
        )
