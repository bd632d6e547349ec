"""The interface of a block, and of the emitter that it builds with."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any, Protocol

from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema

from archcalc.base.limits import CHANNELS
from archcalc.base.number import SCALE, parse_ratio
from archcalc.language.ops import IntShape, Named, Operator
from archcalc.language.ops.activation import ACTIVATIONS, Activation, parse_activation


class Value(Protocol):
    """The output of an operator on the width-1 net, which decides the wiring."""

    @property
    def channels(self) -> int:
        """Channels at width 1."""

    @property
    def shape(self) -> IntShape:
        """(channels, height, width) at width 1 and the reference resolution."""


class Emitter(Protocol):
    """Applies a block's operators, and makes the widths of their outputs."""

    def scope(self, part: str) -> Emitter:
        """Return an emitter whose node ids continue with ``part``."""

    def apply(self, op: Operator, *inputs: Value, part: str, width: Any = None) -> Value:
        """Apply an operator; ``width`` is required where its channels are a new group."""

    def block(self, block: BlockType, *inputs: Value, part: str) -> Value:
        """Expand another block under ``part``."""

    def scaled(self, channels: int) -> Any:
        """Return a width of ``channels`` that follows the width multiplier by the row's rule."""

    def fixed(self, channels: int) -> Any:
        """Return a width of ``channels`` that no width multiplier changes."""

    def ratio(self, source: Value, channels: int) -> Any:
        """Return a width of ``channels`` that keeps its ratio to ``source``'s channels."""

    def squeeze(self, source: Value, ratio: int, divisor: int) -> Any:
        """Return ``source``'s actual width times ratio/10⁴, rounded to ``divisor``."""

    def multiple(self, source: Value, times: int) -> Any:
        """Return ``times`` ``source``'s channels, at every width."""

    def same(self, source: Value) -> Any:
        """Return exactly ``source``'s width."""


class BlockType(Named):
    """A composite of operators and of other blocks."""

    @abstractmethod
    def expand(self, net: Emitter, *inputs: Value) -> Value:
        """Emit its operators on ``inputs`` and return the output.

        Raises ValueError with a one-line message where the inputs do not fit.
        """


def _parse_act(value: Any) -> Any:
    return None if value is None or value == "none" else parse_activation(value)


Act = Annotated[
    str | None,
    BeforeValidator(_parse_act),
    WithJsonSchema({"enum": [*ACTIVATIONS, "RE", "HS", "none"], "description": "activation"}),
]
Channels = Annotated[StrictInt, Field(ge=1, le=CHANNELS, description="output channels")]


def _parse_share(value: Any) -> int:
    share = 0
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        share = parse_ratio(value, "share")
    if not 0 < share <= SCALE:
        raise ValueError("a ratio above 0 and at most 1, such as 0.25")
    return share


Share = Annotated[
    int,
    BeforeValidator(_parse_share),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
]
"""A share of channels in 1/10⁴, written as a number above 0 and at most 1."""


def activated(net: Emitter, x: Value, act: str | None) -> Value:
    """Emit an activation, where there is one."""
    return x if act is None else net.apply(Activation(kind=act), x, part="act")
