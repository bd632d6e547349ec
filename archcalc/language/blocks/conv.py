"""A convolution row of a paper's table: with its norm, activation and squeeze-and-excite."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, StrictBool, StrictInt

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks._base import Act, BlockType, Channels, Emitter, Value, activated
from archcalc.language.blocks.squeeze_excite import SE, SqueezeExcite
from archcalc.language.ops import Kernel, Pad, Stride
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.norm import Norm


class ConvUnit(BlockType):
    """Common keywords of convolution rows."""

    kernel: Kernel
    stride: Stride = 1
    pad: Pad = "same"
    dilation: Annotated[StrictInt, Field(ge=1, le=255)] = 1
    bn: StrictBool = Field(False, description="batch normalisation follows")
    bias: StrictBool | None = Field(None, description="default: only where no norm follows")
    act: Act = None
    se: SE = None

    def unit(
        self,
        net: Emitter,
        x: Value,
        *,
        width: Any,
        depthwise: bool,
        groups: int,
        multiplier: int = 1,
        read: tuple[Value, ...] = (),
    ) -> Value:
        """Emit the convolution and, where given, its norm, activation and squeeze-and-excite.

        ``read``: the input of the surrounding block, for a squeeze-and-excite ``of: input``.
        """
        conv = Conv(
            kernel=self.kernel,
            stride=self.stride,
            pad=self.pad,
            dilation=self.dilation,
            groups=groups,
            depthwise=depthwise,
            multiplier=multiplier,
            bias=not self.bn if self.bias is None else self.bias,
        )
        x = net.apply(conv, x, part="conv", width=width)
        if self.bn:
            x = net.apply(Norm(), x, part="norm")
        x = activated(net, x, self.act)
        if self.se is not None:
            x = net.block(SqueezeExcite(settings=self.se), x, *read, part="se")
        return x


class NormedConv(ConvUnit):
    """A convolution inside a block: always with a norm, never with a bias, whatever a row says."""

    bn: StrictBool = True

    def emit(
        self, net: Emitter, part: str, x: Value, width: Any = None, read: Value | None = None
    ) -> Value:
        """Emit it under ``part``: depthwise where it makes no ``width`` of its own."""
        given = () if read is None else (read,)
        depthwise = width is None
        return self.unit(net.scope(part), x, width=width, depthwise=depthwise, groups=1, read=given)

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        raise TypeError("emitted by its block only")


class ConvRow(ConvUnit):
    """An ordinary or grouped convolution to ``out`` channels."""

    name: ClassVar[str] = "conv"
    spellings: ClassVar[tuple[str, ...]] = ("conv2d", "convolution", "convolutional")
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        f"conv{side}x{side}": {"kernel": side} for side in (1, 3, 5, 7)
    }

    out: Channels
    groups: Annotated[StrictInt, Field(ge=1)] = 1

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        return self.unit(net, x, width=net.scaled(self.out), depthwise=False, groups=self.groups)


class DepthwiseRow(ConvUnit):
    """A depthwise convolution: ``multiplier`` filters a channel, so many times the channels."""

    name: ClassVar[str] = "dwconv"
    spellings: ClassVar[tuple[str, ...]] = ("conv dw", "depthwise", "depthwise conv", "dwconv2d")
    defaults_of: ClassVar[tuple[str, ...]] = ("conv",)

    multiplier: Annotated[StrictInt, Field(ge=1, le=CHANNELS)] = Field(
        1, description="filters a channel, the depth multiplier"
    )

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        times = self.multiplier
        width = None if times == 1 else net.multiple(x, times)
        return self.unit(net, x, width=width, depthwise=True, groups=1, multiplier=times)
