"""The inverted residual with linear bottleneck, as MobileNetV2 and V3 write it in their tables."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, StrictInt

from archcalc.blocks._base import Act, Block, Channels, Emitter, Value
from archcalc.blocks.conv import ConvUnit
from archcalc.blocks.squeeze_excite import SE
from archcalc.limits import CHANNELS
from archcalc.ops._window import Kernel, Pad, Stride
from archcalc.ops.add import Add


class InvertedResidual(Block):
    """Expand 1x1, depthwise, (squeeze-and-excite,) project 1x1 without activation, add.

    The shortcut stands where stride is 1 and input and output have equal channels at width 1.
    """

    kernel: Kernel = (3, 3)
    stride: Stride = 1
    pad: Pad = "same"
    act: Act = Field(description="activation of the expansion and the depthwise convolution")
    se: SE = None
    out: Channels

    def inverted(self, net: Emitter, x: Value, expanded: int) -> Value:
        """Emit the block with ``expanded`` channels inside (at width 1)."""
        wide = x
        if expanded != x.channels:
            wide = self._conv(net, "expand", x, width=net.ratio(x, expanded), act=self.act)
        wide = self._conv(
            net,
            "depthwise",
            wide,
            kernel=self.kernel,
            stride=self.stride,
            pad=self.pad,
            act=self.act,
            se=self.se,
        )
        y = self._conv(net, "project", wide, width=net.scaled(self.out))
        if self.stride == 1 and self.out == x.channels:
            y = net.apply(Add(), x, y, part="add")
        return y

    @staticmethod
    def _conv(net: Emitter, part: str, x: Value, *, width: Any = None, **keywords: Any) -> Value:
        # bottleneck layers always carry a norm: their convolutions never have a bias
        unit = _Unit(**{"kernel": (1, 1), "bn": True} | keywords)
        return unit.unit(net.scope(part), x, width=width, depthwise=width is None, groups=1)


class _Unit(ConvUnit):
    def expand(self, net: Emitter, *inputs: Value) -> Value:
        raise TypeError("emitted by its block only")


class Bottleneck(InvertedResidual):
    """MobileNetV2's block (Table 1): the expansion is ``t`` times the input's channels.

    ``t: 1`` has no expansion convolution.
    """

    name: ClassVar[str] = "bottleneck"
    spellings: ClassVar[tuple[str, ...]] = ("inverted_residual",)

    t: Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="expansion factor")]

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        return self.inverted(net, x, self.t * x.channels)


class Bneck(InvertedResidual):
    """MobileNetV3's block: the expansion has ``exp`` channels.

    ``exp`` equal to the input's channels has no expansion convolution.
    """

    name: ClassVar[str] = "bneck"

    exp: Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="expanded channels")]

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        return self.inverted(net, x, self.exp)
