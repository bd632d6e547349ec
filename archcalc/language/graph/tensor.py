"""A value on the width-1 net: its inferred shape, and the one that printed cells suggest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archcalc.base.errors import ShapeError
from archcalc.base.limits import COUNT
from archcalc.language.graph.grouping import Layout
from archcalc.language.ops import IntShape, Operator


@dataclass(frozen=True)
class Tensor:
    """The value of a node on the width-1 net, where wiring is decided.

    ``printed``: its shape if an earlier printed cell were right and the inferred shape wrong.
    Thus an error is reported once, and not again in every later row.
    """

    id: str
    layout: Layout
    shape: IntShape
    count: int = 1
    printed: IntShape | None = None

    @property
    def channels(self) -> int:
        """Channels at width 1."""
        return self.shape[0]

    @property
    def possible_shapes(self) -> tuple[IntShape, IntShape]:
        """The inferred shape, and the one that earlier printed cells imply."""
        return self.shape, self.printed or self.shape


def repeated(value: Tensor, count: int) -> Tensor:
    """Return a value that runs ``count`` times as often; raises ShapeError beyond the limit."""
    if value.count * count > COUNT:
        raise ShapeError(f"count: expected at most {COUNT} runs, found {value.count * count}")
    return replace(value, count=value.count * count)


def printed_shape(op: Operator, inputs: Sequence[Tensor], shape: IntShape) -> IntShape | None:
    """Return the output's shape if an earlier printed cell is right."""
    if all(value.printed is None for value in inputs):
        return None
    shapes = [value.possible_shapes[1] for value in inputs]
    channels = shape[0]
    if op.channel_rule in ("keep", "tie"):
        channels = shapes[0][0]
    elif op.channel_rule == "concat":
        channels = sum(one[0] for one in shapes) * op.stacks
    printed: Any = op.shape(shapes, channels)
    return None if printed == shape else printed
