"""The inverted residual with linear bottleneck, as MobileNetV2 and V3 write it in their tables."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictBool, StrictInt

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks._base import Act, BlockType, Channels, Emitter, Value, activated
from archcalc.language.blocks.conv import NormedConv
from archcalc.language.blocks.squeeze_excite import SE
from archcalc.language.ops import Kernel, Pad, Stride
from archcalc.language.ops.add import Add


class InvertedResidual(BlockType):
    """Expand 1x1, depthwise, (squeeze-and-excite,) project 1x1 without activation, add.

    The shortcut exists where stride is 1 and input and output have equal channels at width 1.
    The papers' ablations: ``linear: false`` has the activation on the projection too (MobileNetV2,
    Figure 6a); ``shortcut: none`` has no shortcut (6b); ``conv: full`` has a full convolution in
    place of the depthwise one.

    ``shortcut: wide`` is the ordinary residual block (MobileNetV2, Figure 3a; He et al. 2016):
    compress 1x1 to ``out``, depthwise, restore 1x1 to the expanded width, (squeeze-and-excite,)
    add, then the activation. The shortcut connects the wide maps, and the row's output is wide.
    """

    kernel: Kernel = (3, 3)
    stride: Stride = 1
    pad: Pad = "same"
    act: Act = Field(description="activation of the expansion and the depthwise convolution")
    se: SE = None
    out: Channels
    conv: Literal["separable", "full"] = Field("separable", description="the middle convolution")
    shortcut: Literal["narrow", "wide", "none"] = Field("narrow", description="what it joins")
    linear: StrictBool = Field(True, description="no activation before the addition")

    @abstractmethod
    def wide(self, narrow: int) -> int:
        """Return the expanded channels for ``narrow`` ones, at width 1."""

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        return self._ordinary(net, x) if self.shortcut == "wide" else self._inverted(net, x)

    def _inverted(self, net: Emitter, x: Value) -> Value:
        expanded = self.wide(x.channels)
        y = x
        if expanded != x.channels:
            y = self._conv(net, "expand", x, width=net.ratio(x, expanded), act=self.act)
        y = self._middle(net, y, se=self.se, read=x)
        act = None if self.linear else self.act
        y = self._conv(net, "project", y, width=net.scaled(self.out), act=act)
        if self.shortcut == "narrow" and self.stride == 1 and self.out == x.channels:
            y = net.apply(Add(), x, y, part="add")
        return y

    def _ordinary(self, net: Emitter, x: Value) -> Value:
        restored = self.wide(self.out)
        joins = self.stride == 1 and restored == x.channels
        y = self._conv(net, "compress", x, width=net.scaled(self.out), act=self.act)
        if restored == self.out:
            return self._joined(net, x, self._middle(net, y, se=self.se, read=x), joins=joins)
        y = self._middle(net, y)
        act = None if joins and self.linear else self.act
        y = self._conv(net, "restore", y, width=net.ratio(y, restored), act=act, se=self.se, read=x)
        return self._joined(net, x, y, joins=joins)

    def _joined(self, net: Emitter, x: Value, y: Value, *, joins: bool) -> Value:
        """Add the shortcut where there is one; the wide one is activated (He et al.)."""
        if joins:
            return activated(net, net.apply(Add(), x, y, part="add"), self.act)
        return y

    def _middle(self, net: Emitter, x: Value, **keywords: Any) -> Value:
        """Emit the spatial convolution: depthwise, or full to as many channels."""
        full = self.conv == "full"
        return self._conv(
            net,
            "full" if full else "depthwise",
            x,
            width=net.ratio(x, x.channels) if full else None,
            kernel=self.kernel,
            stride=self.stride,
            pad=self.pad,
            act=self.act,
            **keywords,
        )

    @staticmethod
    def _conv(
        net: Emitter,
        part: str,
        x: Value,
        *,
        width: Any = None,
        read: Value | None = None,
        **keywords: Any,
    ) -> Value:
        return NormedConv(**{"kernel": (1, 1)} | keywords).emit(net, part, x, width, read)


class Bottleneck(InvertedResidual):
    """MobileNetV2's block (Table 1): the expansion is ``t`` times the input's channels.

    ``t: 1`` has no expansion convolution. MBConv is MnasNet's name of it (Figure 7), with ``t``
    appended, as in MBConv6; ProxylessNAS writes MB6.
    """

    name: ClassVar[str] = "bottleneck"
    spellings: ClassVar[tuple[str, ...]] = ("inverted_residual", "mbconv")
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        f"{name}{t}": {"t": t} for name in ("mbconv", "mb") for t in (1, 3, 6)
    }

    t: Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="expansion factor")]

    def wide(self, narrow: int) -> int:
        return self.t * narrow


class Bneck(InvertedResidual):
    """MobileNetV3's block: the expansion has ``exp`` channels.

    ``exp`` equal to the input's channels has no expansion convolution.
    """

    name: ClassVar[str] = "bneck"

    exp: Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="expanded channels")]

    def wide(self, narrow: int) -> int:
        return self.exp
