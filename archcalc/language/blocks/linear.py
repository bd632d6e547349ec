"""A fully connected layer with its activation."""

from __future__ import annotations

from typing import ClassVar

from pydantic import StrictBool

from archcalc.language.blocks._base import Act, BlockType, Channels, Emitter, Value, activated
from archcalc.language.ops.linear import Linear


class LinearRow(BlockType):
    """A fully connected layer to ``out`` features over the flattened input."""

    name: ClassVar[str] = "linear"
    spellings: ClassVar[tuple[str, ...]] = ("fc", "fully connected", "dense")

    out: Channels
    bias: StrictBool = True
    act: Act = None

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        x = net.apply(Linear(bias=self.bias), x, part="linear", width=net.scaled(self.out))
        return activated(net, x, self.act)
