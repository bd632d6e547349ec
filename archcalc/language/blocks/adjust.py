"""NASNet's adjustment of a cell's second input, the output of the cell before the last."""

from __future__ import annotations

from typing import ClassVar

from archcalc.base.names import sides_text
from archcalc.language.blocks._base import Block, Channels, Emitter, Value
from archcalc.language.blocks.conv import ConvRow
from archcalc.language.blocks.factorized_reduction import FactorizedReduction
from archcalc.language.ops.activation import Activation


class Adjust(Block):
    """Give ``prev`` the size of ``cur`` and ``out`` channels; inputs are (prev, cur).

    ``_reduce_prev_layer`` of NASNet's released code (TF-slim, nasnet_utils.py): ReLU and a
    factorized reduction where the sizes differ, ReLU, 1x1 convolution and norm where only the
    channels do, else nothing. The first cell has no cell before it and is given its one input
    twice: it stays as it is.
    """

    name: ClassVar[str] = "adjust"
    arity: ClassVar[tuple[int, int | None]] = (2, 2)

    out: Channels

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        prev, cur = inputs
        (channels, *size), (_, *wanted) = prev.shape, cur.shape
        if prev == cur or (size == wanted and channels == self.out):
            return prev
        x = net.apply(Activation(kind="relu"), prev, part="act")
        if size == wanted:
            return net.block(ConvRow(kernel=(1, 1), out=self.out, bn=True), x, part="fit")
        halved = [-(-side // 2) for side in size]
        if halved != wanted:
            raise ValueError(
                f"a map of {sides_text(*size)} halved is {sides_text(*halved)}, "
                f"not {sides_text(*wanted)}"
            )
        return net.block(FactorizedReduction(out=self.out), x, part="reduce")
