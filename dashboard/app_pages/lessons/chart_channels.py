"""One number a channel, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.tables import Record
from archcalc.output.charts.vega import Spec, chart, field, marks

_MOST_NAMES = 24


def channels_chart(
    bars: Sequence[Record], *, x: str, y: str, colour: str, unit: bool = False
) -> Spec:
    """Return the chart; ``unit``: values from 0 to 1, on an axis that shows all of it."""
    named = len(bars) <= _MOST_NAMES
    how = {
        "x": field(
            "channel",
            "O",
            x,
            axis={"labels": named, "ticks": named, "labelAngle": 0},
            scale={"paddingInner": 0.1 if named else 0},
        ),
        "y": field("value", "Q", y, scale={"domain": [0, 1]} if unit else {}),
        "tooltip": [field("channel", "O", x), field("value", "Q", y, format=".4f")],
    }
    return chart([marks("bar", how, data="bars", color=colour)], {"bars": bars}, height=220)
