"""A detector's prediction layer: boxes and classes for every anchor."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StrictBool, StrictInt

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks._base import Act, BlockType, Emitter, Value
from archcalc.language.blocks.conv import DepthwiseRow
from archcalc.language.ops import Kernel
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear

_Count = Annotated[StrictInt, Field(ge=0, le=CHANNELS)]


class Predictor(BlockType):
    """A convolution with a bias to ``anchors`` · (``values`` + ``classes``) channels.

    ``values: 4`` predicts boxes, ``classes: 91`` scores; YOLO predicts both in one layer.
    ``depthwise``: as SSDLite (MobileNetV2, section 6.2), a depthwise convolution with norm and
    ``act``, then 1x1. ``linear``: fully connected, as the last two layers of Faster R-CNN. The
    width does not follow the width multiplier.
    """

    name: ClassVar[str] = "predictor"

    kernel: Kernel = (1, 1)
    anchors: Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="boxes a position")]
    values: _Count = 0
    classes: _Count = 0
    depthwise: StrictBool = False
    linear: StrictBool = False
    act: Act = Field(None, description="activation after the depthwise convolution")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        out = self.anchors * (self.values + self.classes)
        if not 0 < out <= CHANNELS:
            raise ValueError(f"predicts {out} values; expected 1 to {CHANNELS}: classes, values")
        if self.linear:
            return net.apply(Linear(bias=True), x, part="linear", width=net.fixed(out))
        kernel = self.kernel
        if self.depthwise:
            x = net.block(DepthwiseRow(kernel=kernel, bn=True, act=self.act), x, part="depthwise")
            kernel = (1, 1)
        return net.apply(Conv(kernel=kernel, bias=True), x, part="conv", width=net.fixed(out))
