"""Points of a spiral, coloured along it; those that nothing can restore are hollow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from archcalc.charts.palette import HEAT
from archcalc.tables import Record
from dashboard.charts._base import data

_SIDE = 134


def spiral(points: Sequence[Record], *, reach: float) -> Any:
    """Return one panel, from −reach to reach both ways."""
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    return (
        alt.Chart(data(points))
        .mark_point(size=12, strokeWidth=1, aria=False)
        .encode(
            x=alt.X("x:Q", scale=scale, axis=None),
            y=alt.Y("y:Q", scale=scale, axis=None),
            stroke=alt.Stroke("t:Q", scale=alt.Scale(scheme=HEAT, domain=[0, 1.15]), legend=None),
            fill=alt.Fill("t:Q", scale=alt.Scale(scheme=HEAT, domain=[0, 1.15]), legend=None),
            fillOpacity=alt.condition("datum.lost", alt.value(0), alt.value(1)),
            tooltip=[alt.Tooltip("x:Q", format=".3f"), alt.Tooltip("y:Q", format=".3f")],
        )
        .properties(
            width=_SIDE,
            height=_SIDE,
            usermeta={"embedOptions": {"renderer": "svg"}},
            padding=0,
        )
        .configure_view(stroke="#8a9099")
    )
