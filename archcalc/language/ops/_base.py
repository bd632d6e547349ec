"""The interface of a primitive operator."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from archcalc.base.errors import ShapeError
from archcalc.base.names import sides_text
from archcalc.base.number import Number
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn

Shape = tuple[Number, Number, Number]
"""(channels, height, width) of one image; a feature vector is (channels, 1, 1)."""

IntShape = tuple[int, int, int]
"""A shape of one net, where a torch module or a check needs plain ints."""

ChannelRule = Literal["new", "keep", "tie", "concat"]


class Named(BaseModel, ABC):
    """An operator or block, which rows of a spec name; its fields are its keywords there."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: ClassVar[str]
    """Its name in a spec and in messages."""
    spellings: ClassVar[tuple[str, ...]] = ()
    """Other names of papers and libraries; case, spaces, ``_`` and ``-`` do not matter."""
    presets: ClassVar[dict[str, dict[str, Any]]] = {}
    """Names that imply keywords, such as "relu" for an activation."""
    defaults_of: ClassVar[tuple[str, ...]] = ()
    """Further entries of a spec's ``defaults`` that apply, before the one of its own name."""
    arity: ClassVar[tuple[int, int | None]] = (1, 1)
    """Fewest and most inputs (None: any number)."""


class Operator(Named):
    """A primitive operator: structure (kernel, stride, …) but no width and no size.

    Rules use only the arithmetic of `archcalc.base.number`, so that they run on ints, arrays and
    formulas alike.
    """

    in_place: ClassVar[bool] = False
    """Whether its output may overwrite its input, which needs no memory of its own."""
    shares_input: ClassVar[bool] = False
    """Whether all ``count`` runs of its row read one input, as the crops of a map do; any other
    operator has one input per run."""

    @property
    def channel_rule(self) -> ChannelRule:
        """Where the output's channels come from.

        "new": a channel group of its own; "keep": those of the input; "tie": all inputs must
        have equal channels; "concat": the inputs' channels one after another.
        """
        return "keep"

    def keyword(self, name: str) -> Any:
        """Return the value of one of its keywords, None where it has no such keyword."""
        # to ask a pydantic model for an attribute that it lacks is slow
        return getattr(self, name) if name in type(self).model_fields else None

    @property
    def stacks(self) -> int:
        """How many times a "concat" repeats the channels of its inputs."""
        return 1

    @property
    def label(self) -> str:
        """Its type with its kernel, such as "conv 1x1": what ``--by op`` groups by."""
        return self.name

    def kernel_size(self, inputs: Sequence[Shape]) -> tuple[Number, Number] | None:
        """Return (height, width) of its window over ``inputs``, or None without a window."""
        return None

    def stride_of(self) -> int | None:
        """Return its stride in pixels, or None without a window."""
        return None

    def groups_of(self, inputs: Sequence[Shape]) -> Number | None:
        """Return the groups of a convolution over ``inputs``, else None."""
        return None

    def check(self, inputs: Sequence[IntShape], channels: int) -> None:
        """Raise ShapeError for int shapes that do not fit; the default checks nothing."""
        return

    def equalities(self, inputs: Sequence[Shape], channels: Number) -> list[tuple[Number, Number]]:
        """Return pairs of numbers that must be equal, else `check` raises; none by default.

        A workbook checks them live.
        """
        return []

    def shape(self, inputs: Sequence[Shape], channels: Number) -> Shape:
        """Return the output's (channels, height, width); ``channels`` are given."""
        _, height, width = inputs[0]
        return channels, height, width

    @abstractmethod
    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        """Return the cost for one image."""

    @abstractmethod
    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        """Return a torch module from the inputs to the output (int shapes)."""

    def module_of_runs(self, inputs: Sequence[IntShape], output: IntShape, runs: int) -> nn.Module:
        """Return the module of an operator that ``shares_input``: (N, …) → (N · runs, …)."""
        raise TypeError(f"{self.name} has one input per run")


def elements(shape: Shape) -> Any:
    """Return the number of elements of a (channels, height, width)."""
    channels, height, width = shape
    # the area first: on a grid it varies with the resolution alone and is a small array
    return channels * (height * width)


def one_size(inputs: Sequence[Shape]) -> list[tuple[Number, Number]]:
    """Return the pairs that are equal where all ``inputs`` have the same height and width."""
    _, height, width = inputs[0]
    return [pair for _, h, w in inputs[1:] for pair in ((height, h), (width, w))]


def divides(divisor: int, *numbers: Number) -> list[tuple[Number, Number]]:
    """Return the pairs that are equal where ``divisor`` divides all ``numbers``."""
    return [(number // divisor * divisor, number) for number in numbers if divisor != 1]


def require_one_size(inputs: Sequence[IntShape]) -> None:
    """Raise ShapeError unless all ``inputs`` have the same height and width."""
    sizes = sorted({(height, width) for _, height, width in inputs})
    if len(sizes) > 1:
        raise ShapeError(
            "maps of " + " and ".join(sides_text(*size) for size in sizes) + " differ in size"
        )
