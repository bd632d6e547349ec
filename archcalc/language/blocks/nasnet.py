"""NASNet's factorized reduction, and the adjustment of a cell's second input."""

from __future__ import annotations

from typing import ClassVar

from archcalc.base.names import sides_text
from archcalc.language.blocks._base import BlockType, Channels, Emitter, Value
from archcalc.language.blocks.conv import ConvRow
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.norm import Norm
from archcalc.language.ops.pool import AvgPool
from archcalc.language.ops.shift import Shift


class FactorizedReduction(BlockType):
    """Two paths of half the channels, on the even and on the odd pixels, and a norm over both.

    ``factorized_reduction`` of NASNet's released code (TF-slim, nasnet_utils.py): each path takes
    every second pixel and convolves 1x1; the second first shifts its input by one pixel. A side
    of n pixels becomes ⌈n / 2⌉. There is no activation.
    """

    name: ClassVar[str] = "factorized_reduction"

    out: Channels

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        if self.out % 2:
            raise ValueError(f"an even number of channels for two paths, not {self.out}")
        point = Conv(kernel=(1, 1), bias=False)
        every_second = AvgPool(kernel=(1, 1), stride=2, pad="valid")  # a 1x1 mean: the pixel itself
        paths = []
        for part in ("even", "odd"):
            path = net.scope(part)
            y = path.apply(Shift(), x, part="shift") if part == "odd" else x
            y = path.apply(every_second, y, part="pool")
            paths.append(path.apply(point, y, part="conv", width=net.scaled(self.out // 2)))
        return net.apply(Norm(), net.apply(Concat(), *paths, part="concat"), part="norm")


class Adjust(BlockType):
    """Give ``prev`` the size of ``cur`` and ``out`` channels; inputs are (prev, cur).

    ``_reduce_prev_layer`` of NASNet's released code (TF-slim, nasnet_utils.py): ReLU and a
    factorized reduction where the sizes differ, ReLU, 1x1 convolution and norm where only the
    channels do, else nothing. The first cell has no cell before it and gets its one input
    twice, unchanged.
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
