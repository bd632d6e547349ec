"""What a chart is before anything draws it: a frame, the words on it, and what it shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from archcalc.base.errors import MissingPackage
from archcalc.base.tables import Record
from archcalc.base.units import format_bytes, format_count, parse_count

if TYPE_CHECKING:
    import pandas as pd

PictureKind = Literal[
    "lines", "heat", "front", "shares", "bars", "side_bars", "closed_form", "curves", "profile",
    "functions", "stacks", "points", "cells",
]  # fmt: skip

LABELS = {
    "madds": "MAdds",
    "params": "parameters",
    "weight_bytes": "weights",
    "activation_bytes": "activations",
    "peak_memory_bytes": "peak memory",
}
"""What the quantities of a record are called on an axis."""

WIDTH = "width multiplier α"
RESOLUTION = "resolution"
PRUNE = "prune ratio"

KINDS = 7
"""Layer types of a chart that have a colour or a place of their own; the rest are "other"."""

MOST_LABELS = 16
"""Entries of a legend that fit beside a figure."""

TITLE_WIDTH = 72


@dataclass(frozen=True)
class Picture:
    """One chart. The columns of ``frame`` are those that its ``kind`` draws.

    ``alt`` says in one sentence what is to be seen, for who cannot see it.
    """

    kind: PictureKind
    frame: pd.DataFrame
    title: str
    x: str
    y: str
    alt: str
    legend: str = ""
    order: Sequence[str] = field(default_factory=tuple)
    """The series in the order of their colours."""

    def _repr_svg_(self) -> str | None:
        """Return the chart for a notebook; without matplotlib there is none."""
        from archcalc.output.charts import figure, to_svg

        try:
            return to_svg(figure(self))
        except MissingPackage:
            return None

    @property
    def labelled(self) -> Sequence[str]:
        """The series that a legend has room for: each n-th down from the last, if not all."""
        step = -(-len(self.order) // MOST_LABELS) or 1
        return self.order[::-1][::step][::-1]

    @property
    def key(self) -> str:
        """The title of the legend, which says where it leaves series out."""
        shown, every = len(self.labelled), len(self.order)
        return self.legend if shown == every else f"{self.legend}\n({shown} of {every} lines)"

    def title_lines(self) -> list[str]:
        """Return the title broken to the width of a figure."""
        return textwrap.wrap(self.title, TITLE_WIDTH, break_long_words=False)


@dataclass(frozen=True)
class Unit:
    """What the numbers of an axis are divided by, so that ticks are short."""

    name: str
    size: int

    def label(self, quantity: str) -> str:
        """Return the title of an axis: "MAdds (M)"."""
        words = LABELS[quantity]
        return f"{words} ({self.name})" if self.name else words


def unit_of(quantity: str, values: Iterable[int]) -> Unit:
    """Return the unit in which the largest of ``values`` has up to three digits."""
    largest = max(values)
    if quantity.endswith("_bytes"):
        name = format_bytes(largest).split(" ")[1]
        return Unit(name, parse_count(f"1{name.removesuffix('B')}"))
    name = format_count(largest).lstrip("-0123456789.")
    return Unit(name, parse_count(f"1{name}"))


def amount(quantity: str, value: int) -> str:
    """Write a count or a size with its unit, for people."""
    return format_bytes(value) if quantity.endswith("_bytes") else format_count(value)


def frame_of(rows: Sequence[Record]) -> pd.DataFrame:
    """Return rows as a data frame; raises MissingPackage."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingPackage("a chart", "pandas", "charts") from None
    return pd.DataFrame.from_records(rows)
