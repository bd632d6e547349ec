"""A chart, and what all charts call their axes."""

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


def frame_of(rows: Sequence[Record]) -> pd.DataFrame:
    """Return rows as a data frame; raises MissingPackage."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingPackage("a chart", "pandas", "charts") from None
    return pd.DataFrame.from_records(rows)
