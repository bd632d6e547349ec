"""Average and max pooling, windowed or over the whole map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, StrictBool

from archcalc.base.errors import ShapeError
from archcalc.base.number import Number
from archcalc.language.ops._base import IntShape, Operator, Shape, elements
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


class Pool(Operator):
    """Common to both pools; ``global: true`` covers the whole map, at every size."""

    kernel: Kernel | None = None
    stride: Stride | None = Field(None, description="default: the kernel's height")
    pad: Pad = "same"
    ceil: StrictBool = False
    whole: StrictBool = Field(False, alias="global", description="cover the whole map")

    defaults_of: ClassVar[tuple[str, ...]] = ("pool",)
    average: ClassVar[bool]

    @property
    def label(self) -> str:
        return f"global {self.name}" if self.whole else f"{self.name} {kernel_text(self._window())}"

    def _window(self) -> tuple[int, int]:
        if self.kernel is None:
            raise ShapeError(f"{self.name}: a kernel is needed, or global: true")
        return self.kernel

    def kernel_size(self, inputs: Sequence[Shape]) -> tuple[Number, Number]:
        return (inputs[0][1], inputs[0][2]) if self.whole else self._window()

    def stride_of(self) -> int:
        if self.whole:
            return 1
        return self._window()[0] if self.stride is None else self.stride

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        if not self.whole and isinstance(self.pad, int) and self.pad >= min(self._window()):
            window = kernel_text(self._window())
            raise ShapeError(f"a padding of {self.pad} leaves windows of {window} without a pixel")

    def shape(self, inputs: Sequence[Shape], channels: Number) -> Shape:
        if self.whole:
            return channels, 1, 1
        (_, height, width), (tall, wide) = inputs[0], self._window()
        stride = self.stride_of()
        return (
            channels,
            window_output(height, tall, stride, self.pad, ceil=self.ceil),
            window_output(width, wide, stride, self.pad, ceil=self.ceil),
        )

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        if self.whole and self.average:
            return Terms(global_pool=elements(inputs[0]))
        return Terms(pool=elements(inputs[0] if self.whole else output))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from torch import nn

        from archcalc.language.ops._torch_windows import pool2d

        if self.whole:
            return nn.AdaptiveAvgPool2d(1) if self.average else nn.AdaptiveMaxPool2d(1)
        stride = self.stride_of()
        padding = [
            torch_padding(side, extent, stride, self.pad)
            for side, extent in zip(inputs[0][1:], self._window(), strict=True)
        ]
        return pool2d(
            self._window(),
            stride,
            padding,
            ceil=self.ceil,
            average=self.average,
            size=inputs[0][1:],
            windows=output[1:],
        )


class MaxPool(Pool):
    """Largest value of each window."""

    name: ClassVar[str] = "max_pool"
    average: ClassVar[bool] = False


class AvgPool(Pool):
    """Mean of each window, padding left out of the mean."""

    name: ClassVar[str] = "avg_pool"
    spellings: ClassVar[tuple[str, ...]] = ("pool", "pooling", "average_pool")
    average: ClassVar[bool] = True
