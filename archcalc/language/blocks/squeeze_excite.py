"""Squeeze-and-excite: a gate per channel, computed from the means of all channels."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, WithJsonSchema

from archcalc.base.limits import CHANNELS
from archcalc.language.blocks._base import BlockType, Emitter, Share, Value
from archcalc.language.ops.activation import Activation, parse_activation
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.multiply import Multiply
from archcalc.language.ops.pool import AvgPool

_ACTIVATION = WithJsonSchema({"type": "string", "description": "activation"})


class SqueezeExciteSettings(BaseModel):
    """Width and functions of a squeeze-and-excite block.

    ``of: input``: ``ratio`` of the surrounding block's input channels, before its expansion, as
    in the released MnasNet and EfficientNet. Default: of the gated channels, as in Hu et al. and
    MobileNetV3.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ratio: Share = Field(description="squeezed width as a share of the channels that `of` names")
    of: Annotated[
        Literal["gated", "input"],
        Field(
            description="gated: those that it scales; input: those that the block around it reads"
        ),
    ] = "gated"
    round: Annotated[
        StrictInt, Field(ge=1, le=CHANNELS, description="its divisor; 1 drops the fraction")
    ] = 1
    act: Annotated[str, BeforeValidator(parse_activation), _ACTIVATION] = "relu"
    gate: Annotated[str, BeforeValidator(parse_activation), _ACTIVATION] = "sigmoid"


def _parse_se(value: Any) -> Any:
    if value is None or value == "none":
        return None
    if value is True or value == "✓":
        raise ValueError("settings for the tick: `defaults` give none, as {bneck: {se: {…}}}")
    return value


SE = Annotated[SqueezeExciteSettings | None, BeforeValidator(_parse_se)]


class SqueezeExcite(BlockType):
    """Squeeze, excite and scale (Hu et al. 2018; MobileNetV3, section 5.3).

    Both layers are 1x1 convolutions with biases and without norm, as in MobileNetV3. For ``of:
    input`` the surrounding block passes its own input as the second one.
    """

    name: ClassVar[str] = "squeeze_excite"
    spellings: ClassVar[tuple[str, ...]] = ("se",)

    settings: SqueezeExciteSettings = Field(alias="se")

    def expand(self, net: Emitter, *inputs: Value) -> Value:
        x, *read = inputs
        source = x
        if self.settings.of == "input":
            if not read:
                raise ValueError(
                    "se.of 'input': expected 'gated': only a block that expands its input, such "
                    "as bottleneck or bneck, has another one"
                )
            source = read[0]
        point = Conv(kernel=(1, 1), bias=True)
        squeezed = net.squeeze(source, self.settings.ratio, self.settings.round)
        y = net.apply(AvgPool(whole=True), x, part="pool")
        y = net.apply(point, y, part="squeeze", width=squeezed)
        y = net.apply(Activation(kind=self.settings.act), y, part="act")
        y = net.apply(point, y, part="excite", width=net.same(x))
        y = net.apply(Activation(kind=self.settings.gate), y, part="gate")
        return net.apply(Multiply(), x, y, part="scale")
