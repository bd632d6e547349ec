"""The transition between two dense blocks: fewer channels, before a pool halves the map."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from archcalc.base.number import SCALE
from archcalc.language.blocks._base import Act, Block, Emitter, Share, Value
from archcalc.language.blocks.dense_layer import preactivated
from archcalc.language.ops import Kernel


class Transition(Block):
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
