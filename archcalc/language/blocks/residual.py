"""The residual building block of ResNet, plain or as a bottleneck, with squeeze-and-excite."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from archcalc.language.blocks._base import Act, BlockType, Channels, Emitter, Value, activated
from archcalc.language.blocks.conv import ConvRow
from archcalc.language.blocks.separable import Separable
from archcalc.language.blocks.squeeze_excite import SE, SqueezeExcite
from archcalc.language.ops import Kernel, Stride
from archcalc.language.ops.add import Add

Layers = Annotated[
    tuple[tuple[Kernel, Channels], ...],
    Field(min_length=1, max_length=16, description="kernel and channels of each convolution"),
]


class Residual(BlockType):
    """Convolutions with norms, and their input added (He et al. 2016, Figure 5).

    The activation comes between the convolutions and after the addition. Where stride or
    channels change, the shortcut is a 1x1 convolution with norm (section 3.3, option B).
    ``stride_on``: the authors' released bottlenecks have the stride on their first 1x1, those of
    fb.resnet.torch and torchvision on the 3x3; a basic block has it on its first convolution.
    ``se`` gates the residual before the addition (Hu et al. 2018, Figure 3). ``shortcut: none`` is
    the plain net that Figure 3 compares with; ``conv: separable`` makes each convolution of more
    than 1x1 depthwise and pointwise (MobileNets, section 3.1).
    """

    name: ClassVar[str] = "residual"
    spellings: ClassVar[tuple[str, ...]] = ("residual_block", "building_block")

    layers: Layers
    stride: Stride = 1
    stride_on: Literal["first", "3x3"] = "first"
    act: Act = Field(description="activation between the layers and after the addition")
    se: SE = None
    shortcut: Literal["wide", "none"] = "wide"
    conv: Literal["full", "separable"] = Field("full", description="convolutions above 1x1")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        (x,) = inputs
        y, last, strided = x, len(self.layers) - 1, self._strided()
        for index, (kernel, out) in enumerate(self.layers):
            stride, act = self.stride if index == strided else 1, self.act
            ends = index == last
            if self.conv == "separable" and kernel != (1, 1):
                conv: BlockType = Separable(
                    kernel=kernel, stride=stride, out=out, bn=True, act=act, linear_end=ends
                )
            else:
                act = None if ends else act
                conv = ConvRow(kernel=kernel, stride=stride, out=out, bn=True, act=act)
            y = net.block(conv, y, part=f"conv{index + 1}")
        if self.se is not None:
            y = net.block(SqueezeExcite(settings=self.se), y, part="se")
        if self.shortcut != "none":
            y = net.apply(Add(), y, self._identity(net, x, y), part="add")
        return activated(net, y, self.act)

    def _identity(self, net: Emitter, x: Value, y: Value) -> Value:
        """Return the shortcut to ``y``: the input, projected where stride or channels change."""
        if self.stride == 1 and x.channels == y.channels:
            return x
        projection = ConvRow(kernel=(1, 1), stride=self.stride, out=y.channels, bn=True)
        return net.block(projection, x, part="shortcut")

    def _strided(self) -> int:
        """Return the index of the strided convolution; raises ValueError where there is none."""
        if self.stride_on == "first":
            return 0
        wide = [index for index, (kernel, _) in enumerate(self.layers) if kernel == (3, 3)]
        if not wide:
            raise ValueError("stride_on 3x3: the block has no 3x3 convolution")
        return wide[0]
