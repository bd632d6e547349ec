"""DenseNet: the layer of a dense block, and the transition between two blocks."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, StrictInt

from archcalc.base.limits import CHANNELS
from archcalc.base.number import SCALE
from archcalc.language.blocks._base import (
    Act,
    BlockType,
    Channels,
    Emitter,
    Share,
    Value,
    activated,
)
from archcalc.language.ops import Kernel
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.norm import Norm

Kernels = Annotated[
    tuple[Kernel, ...], Field(min_length=1, max_length=16, description="kernel of each convolution")
]


def preactivated(net: Emitter, x: Value, *, kernel: tuple[int, int], width: Any, act: Act) -> Value:
    """Emit norm, activation and convolution, in DenseNet's order (section 3)."""
    x = activated(net, net.apply(Norm(), x, part="norm"), act)
    return net.apply(Conv(kernel=kernel, bias=False), x, part="conv", width=width)


class DenseLayer(BlockType):
    """Norm, activation and convolution, once for each kernel, then a concatenation with the input.

    The last convolution has ``growth`` outputs, those before it ``bottleneck`` times as many
    (Huang et al. 2017, section 3: DenseNet-B). A dense block of n layers is a row with ``n``.
    """

    name: ClassVar[str] = "dense_layer"

    layers: Kernels
    growth: Channels
    bottleneck: Annotated[StrictInt, Field(ge=1, le=CHANNELS)] = 4
    act: Act = Field(description="activation before each convolution")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        y, last = x, len(self.layers) - 1
        for index, kernel in enumerate(self.layers):
            out = self.growth if index == last else self.growth * self.bottleneck
            part, width = net.scope(f"conv{index + 1}"), net.scaled(out)
            y = preactivated(part, y, kernel=kernel, width=width, act=self.act)
        return net.apply(Concat(), x, y, part="concat")


class Transition(BlockType):
    """Norm, activation and a convolution to ⌊θ m⌋ of m channels (Huang et al. 2017, section 3).

    The pool that follows it has a row of its own in the paper's table.
    """

    name: ClassVar[str] = "transition"

    kernel: Kernel = (1, 1)
    compression: Share = Field(description="θ, the share of channels that is kept")
    act: Act = Field(description="activation before the convolution")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        kept = x.channels * self.compression // SCALE
        if kept < 1:
            raise ValueError(f"compression: nothing is left of {x.channels} channels")
        return preactivated(net, x, kernel=self.kernel, width=net.ratio(x, kept), act=self.act)
