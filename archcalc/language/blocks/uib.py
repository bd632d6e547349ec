"""MobileNetV4's universal inverted bottleneck."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictInt

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks._base import Act, BlockType, Channels, Emitter, Value
from archcalc.language.blocks.conv import NormedConv
from archcalc.language.ops import Kernel, Pad, Stride
from archcalc.language.ops.add import Add

_VARIANTS = {
    "extradw": ("ExtraDW", True, True),
    "ib": ("IB", False, True),
    "convnext": ("ConvNext", True, False),
    "ffn": ("FFN", False, False),
}
"""Printed name, and whether it has the first and the second depthwise convolution."""


class UniversalInvertedBottleneck(BlockType):
    """Depthwise K1, expand 1x1, depthwise K2, project 1x1, add; either depthwise may be missing.

    MobileNetV4 (arXiv:2404.10518), section 3 and Figure 4: with both it is the ExtraDW variant,
    with the second alone an inverted bottleneck (IB), with the first alone like ConvNext, with
    none a feed-forward network (FFN). As in the authors' code every convolution has a norm; the
    first depthwise and the projection have no activation; the expansion is there even where ``exp``
    equals the input's channels; the stride is that of the second depthwise where there is one.
    The shortcut exists where stride is 1 and input and output have equal channels at width 1.
    """

    name: ClassVar[str] = "uib"
    presets: ClassVar[dict[str, dict[str, Any]]] = {name: {"variant": name} for name in _VARIANTS}

    variant: Literal["extradw", "ib", "convnext", "ffn"] | None = Field(
        None, description="what K1 and K2 must then agree with"
    )
    start: Kernel | None = Field(None, description="K1: depthwise before the expansion")
    kernel: Kernel | None = Field(None, description="K2: depthwise of the expanded channels")
    stride: Stride = 1
    pad: Pad = "same"
    act: Act = Field(description="activation of the expansion and the second depthwise")
    exp: Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="expanded channels")]
    out: Channels

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        self._check()
        first, second = (1, self.stride) if self.kernel else (self.stride, 1)
        y = x
        if self.start:
            unit = NormedConv(kernel=self.start, stride=first, pad=self.pad)
            y = unit.emit(net, "start", y)
        point = (1, 1)
        width = net.ratio(x, self.exp)
        y = NormedConv(kernel=point, act=self.act).emit(net, "expand", y, width)
        if self.kernel:
            unit = NormedConv(kernel=self.kernel, stride=second, pad=self.pad, act=self.act)
            y = unit.emit(net, "depthwise", y)
        y = NormedConv(kernel=point).emit(net, "project", y, net.scaled(self.out))
        if self.stride == 1 and self.out == x.channels:
            y = net.apply(Add(), x, y, part="add")
        return y

    def _check(self) -> None:
        """Raise ValueError where the kernels are not those of the variant or carry no stride."""
        if self.variant is not None:
            name, *wanted = _VARIANTS[self.variant]
            kernels = {"K1 (start)": self.start, "K2 (kernel)": self.kernel}
            for (field, kernel), needed in zip(kernels.items(), wanted, strict=True):
                if needed != (kernel is not None):
                    raise ValueError(f"expected {'a' if needed else 'no'} {field} in {name}")
        if self.stride > 1 and self.start is None and self.kernel is None:
            raise ValueError(
                "stride: expected 1: the block has no depthwise convolution to apply it"
            )
