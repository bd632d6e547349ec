"""A chart, and the axis labels of all charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archcalc.base.errors import MissingPackage
from archcalc.base.names import COSTS
from archcalc.base.tables import Record
from archcalc.output.charts.content import Content
from archcalc.output.charts.writing import figure, to_svg

if TYPE_CHECKING:
    import pandas as pd

LABELS = {name: word for name, word in COSTS.items() if name != "latency_ms"}
"""Axis labels of the quantities of a record."""

WIDTH = "width multiplier α"
RESOLUTION = "resolution"
PRUNE = "prune ratio"

KINDS = 7
"""Maximum layer types with a colour of their own; the rest are "other"."""


@dataclass(frozen=True)
class Picture(Content):
    """One chart; a notebook shows it drawn."""

    def _repr_svg_(self) -> str | None:
        """Return the chart for a notebook; without matplotlib there is none."""
        try:
            return to_svg(figure(self), self.alt)
        except MissingPackage:
            return None


def frame_of(rows: Sequence[Record]) -> pd.DataFrame:
    """Return rows as a data frame; raises MissingPackage."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingPackage("a chart", "pandas", "charts") from None
    return pd.DataFrame.from_records(rows)
