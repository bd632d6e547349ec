"""The content of a chart before it is drawn: its data, labels and alt text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

PictureKind = Literal[
    "lines", "heat", "front", "shares", "bars", "side_bars", "closed_form", "curves", "profile",
    "functions", "stacks", "points", "cells",
]  # fmt: skip

MOST_LABELS = 16
"""Maximum entries of a legend beside a figure."""

_TITLE_WIDTH = 72


@dataclass(frozen=True)
class Content:
    """The columns of ``frame`` depend on ``kind``; ``alt``: the alt text, one sentence."""

    kind: PictureKind
    frame: pd.DataFrame
    title: str
    x: str
    y: str
    alt: str
    legend: str = ""
    order: Sequence[str] = field(default_factory=tuple)
    """The series in the order of their colours."""

    @property
    def labelled(self) -> Sequence[str]:
        """The series in the legend: all, or every n-th down from the last."""
        step = -(-len(self.order) // MOST_LABELS) or 1
        return self.order[::-1][::step][::-1]

    @property
    def key(self) -> str:
        """The title of the legend, with the number of entries if some are left out."""
        shown, every = len(self.labelled), len(self.order)
        return self.legend if shown == every else f"{self.legend}\n({shown} of {every} lines)"

    def title_lines(self) -> list[str]:
        """Return the title broken to the width of a figure."""
        return textwrap.wrap(self.title, _TITLE_WIDTH, break_long_words=False)
