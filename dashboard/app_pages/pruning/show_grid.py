"""Small matrices whose cut entries are hatched, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from archcalc.base.tables import Record
from archcalc.base.units import format_decimal
from dashboard.kit.html import show_template
from dashboard.shell.here import Here


@dataclass(frozen=True)
class Grid:
    """A matrix, and which of its entries stay; an entry that is None has no number."""

    values: Sequence[Sequence[float | None]]
    kept: Sequence[Sequence[bool]]
    caption: str

    def rows(self) -> list[list[Record]]:
        """Return the cells; ``part``: of the largest entry, from -1 to 1, which is its tint."""
        most = max((abs(v) for row in self.values for v in row if v is not None), default=0) or 1
        return [
            [
                {
                    "text": "·" if v is None else format_decimal(v),
                    "part": (v or 0) / most,
                    "stays": stays,
                }
                for v, stays in zip(*row, strict=True)
            ]
            for row in zip(self.values, self.kept, strict=True)
        ]


Parts = Sequence[Grid | tuple[Grid, ...] | str]


def show_grids(here: Here, parts: Parts, *, key: str) -> None:
    """Show matrices beside each other, those of a tuple below each other, texts between them."""
    with st.container(key=key):
        show_template(__file__, "grids.html", here.t, parts=parts)
