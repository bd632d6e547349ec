"""ShuffleNet's unit: grouped 1x1 convolutions with a channel shuffle between them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StrictInt

from archcalc.language.blocks._base import Act, BlockType, Channels, Emitter, Value, activated
from archcalc.language.blocks.conv import ConvRow, DepthwiseRow
from archcalc.language.ops import Kernel, Stride
from archcalc.language.ops.add import Add
from archcalc.language.ops.channel_shuffle import ChannelShuffle
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.pool import AvgPool


class ShuffleUnit(BlockType):
    """1x1 grouped, shuffle, depthwise, 1x1 grouped, input added (Zhang et al. 2017, Figure 2).

    The bottleneck has a quarter of ``out`` channels. With a stride the input is pooled and
    concatenated with the branch, which makes the other out − in channels (Figure 2c).
    ``first_groups``: of the first 1x1, which the paper does not group in stage 2, on narrow input.
    """

    name: ClassVar[str] = "shuffle_unit"
    spellings: ClassVar[tuple[str, ...]] = ("shufflenet_unit",)

    out: Channels
    groups: Annotated[StrictInt, Field(ge=1)]
    first_groups: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, description="groups of the first 1x1 convolution; default: groups"
    )
    kernel: Annotated[Kernel, Field(description="of the depthwise convolution")] = (3, 3)
    stride: Stride = 1
    act: Act = Field(description="activation of the first convolution and of the output")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        made = self.out if self.stride == 1 else self.out - x.channels
        if self.out % 4:
            raise ValueError(f"out {self.out}: expected a multiple of 4, for the bottleneck")
        if self.stride == 1 and self.out != x.channels:
            raise ValueError(f"out {self.out}: expected the input's {x.channels} channels")
        if made < 1:
            raise ValueError(f"out {self.out}: expected more than the input's {x.channels}")
        first = self.groups if self.first_groups is None else self.first_groups
        reduce = ConvRow(kernel=(1, 1), out=self.out // 4, groups=first, bn=True, act=self.act)
        y = net.block(reduce, x, part="reduce")
        if self.groups > 1:
            y = net.apply(ChannelShuffle(groups=self.groups), y, part="shuffle")
        depthwise = DepthwiseRow(kernel=self.kernel, stride=self.stride, bn=True)
        y = net.block(depthwise, y, part="depthwise")
        expand = ConvRow(kernel=(1, 1), out=made, groups=self.groups, bn=True)
        y = net.block(expand, y, part="expand")
        if self.stride == 1:
            y = net.apply(Add(), x, y, part="add")
        else:
            pool = AvgPool(kernel=(3, 3), stride=self.stride)
            y = net.apply(Concat(), net.apply(pool, x, part="pool"), y, part="concat")
        return activated(net, y, self.act)
