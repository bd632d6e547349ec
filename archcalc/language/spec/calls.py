"""A spec's rows unrolled: calls of operators and blocks on named values, ready to build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archcalc.language.blocks import Block
from archcalc.language.ops import Operator
from archcalc.language.spec.lines import Line, Scale, Stated
from archcalc.language.spec.rounding import Rounding

INPUT = "input"
"""Name of the net's input wherever a value may be named."""
PART = "\0part "
"""Begins the name of a value within a row, which ends with the id of its part."""
LOST = ""
"""Name of a value that a faulty row should have made: what follows from it is no new fault."""


@dataclass(frozen=True)
class Call:
    """One operator or Python block on named values; ``what`` is None where the row is faulty.

    ``path`` names its value and begins the ids of its nodes; ``out`` are the channels of an
    operator that makes its own; ``count`` multiplies how often it runs.
    """

    path: str
    what: Operator | Block | None
    inputs: tuple[str, ...]
    line: int
    out: int | None
    scale: Scale
    count: int
    asserts: Mapping[str, Stated]


@dataclass(frozen=True)
class Instance:
    """One copy of a row: its calls, the values that it reads, and the one that it gives.

    ``first`` and ``last``: among the copies of an ``n`` cell; input cells hold for the first of
    them, output cells for the last. ``count``: how often an opened block runs; calls of
    operators have their own.
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
    """Fixed widths of channel groups, those that come with rows of other specs included."""
