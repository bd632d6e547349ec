"""The unrolled rows of a spec: calls of operators and blocks on named values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archcalc.language.blocks import BlockType
from archcalc.language.ops import Operator
from archcalc.language.spec.lines import Line, Scale, Stated
from archcalc.language.spec.rounding import Rounding

INPUT = "input"
"""The net's input wherever a value is named, in a spec and among the nodes of a graph."""
PART = "\0part "
"""Prefix of the name of a value within a row; the id of its part follows."""
LOST = ""
"""Name of the missing value of an invalid row; errors that follow from it are not reported."""


@dataclass(frozen=True)
class Call:
    """One operator or Python block on named values; ``what`` is None for an invalid row.

    ``path``: the name of its value and the prefix of its node ids; ``out``: the output channels
    of an operator with a width of its own; ``count``: a factor of its runs.
    """

    path: str
    what: Operator | BlockType | None
    inputs: tuple[str, ...]
    line: int
    out: int | None
    scale: Scale
    count: int
    asserts: Mapping[str, Stated]


@dataclass(frozen=True)
class Instance:
    """One copy of a row: its calls, the values that it reads, and its output.

    ``first`` and ``last``: among the copies of an ``n`` cell; input cells hold for the first,
    output cells for the last. ``count``: runs of an expanded block; operators have their own.
    """

    line: Line
    row_id: str
    copy: int
    first: bool
    last: bool
    calls: tuple[Call, ...]
    inputs: tuple[str, ...]
    output: str
    count: int = 1


@dataclass(frozen=True)
class Expanded:
    """All copies of all rows in the order in which they run, and the outputs (id, value)."""

    name: str
    """Name of the spec."""
    instances: tuple[Instance, ...]
    outputs: tuple[tuple[str, str], ...]
    rounding: Rounding | None
    """The rule of the width multiplier: the spec's own, else that of the first it extends."""
    widths: Mapping[str, int]
    """Fixed widths of channel groups, including those of extended specs."""
