"""The transition between two dense blocks: fewer channels, before a pool halves the map."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from archcalc.base.number import SCALE, parse_ratio
from archcalc.language.blocks._base import Act, Block, Emitter, Value
from archcalc.language.blocks.dense_layer import preactivated
from archcalc.language.ops import Kernel


def _parse_share(value: Any) -> int:
    share = 0
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        share = parse_ratio(value, "compression")
    if not 0 < share <= SCALE:
        raise ValueError("a share above 0 and at most 1, such as 0.5")
    return share


Compression = Annotated[
    int,
    BeforeValidator(_parse_share),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
]


class Transition(Block):
    """Norm, activation and a convolution to ⌊θ m⌋ of m channels (Huang et al. 2017, section 3).

    The pool that follows it has a row of its own in the paper's table.
    """

    name: ClassVar[str] = "transition"

    kernel: Kernel = (1, 1)
    compression: Compression = Field(description="θ, the share of channels that is kept")
    act: Act = Field(description="activation before the convolution")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        kept = x.channels * self.compression // SCALE
        if kept < 1:
            raise ValueError(f"compression: nothing is left of {x.channels} channels")
        return preactivated(net, x, kernel=self.kernel, width=net.ratio(x, kept), act=self.act)
