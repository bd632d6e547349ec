"""One number a channel, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from archcalc.tables import Record
from dashboard.charts._base import data, finished

_MOST_NAMES = 24


def channels(bars: Sequence[Record], *, x: str, y: str, colour: str, unit: bool = False) -> Any:
    """Return the chart; ``unit``: values from 0 to 1, on an axis that shows all of it."""
    named = len(bars) <= _MOST_NAMES
    scale = alt.Scale(domain=[0, 1]) if unit else alt.Undefined
    chart = (
        alt.Chart(data(bars))
        .mark_bar(color=colour)
        .encode(
            x=alt.X(
                "channel:O",
                title=x,
                axis=alt.Axis(labels=named, ticks=named, labelAngle=0),
                scale=alt.Scale(paddingInner=0.1 if named else 0),
            ),
            y=alt.Y("value:Q", title=y, scale=scale),
            tooltip=[
                alt.Tooltip("channel:O", title=x),
                alt.Tooltip("value:Q", title=y, format=".4f"),
            ],
        )
    )
    return finished(chart, height=220)
