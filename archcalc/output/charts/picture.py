"""A chart, and what all charts call and write their quantities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archcalc.base.errors import MissingPackage
from archcalc.base.tables import Record
from archcalc.base.units import format_bytes, format_count, parse_count
from archcalc.output.charts.content import Content
from archcalc.output.charts.writing import figure, to_svg

if TYPE_CHECKING:
    import pandas as pd

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


@dataclass(frozen=True)
class Picture(Content):
    """One chart: what it shows, and in a notebook its picture."""

    def _repr_svg_(self) -> str | None:
        """Return the chart for a notebook; without matplotlib there is none."""
        try:
            return to_svg(figure(self), self.alt)
        except MissingPackage:
            return None


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
