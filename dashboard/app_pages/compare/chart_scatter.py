"""Published accuracy against cost: everything as points, those that are compared with letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from archcalc.base.tables import Record
from archcalc.output.charts.palette import MARKS, categories
from dashboard.kit.chart_base import data, finished

POINT = "point"
"""The name of the selection: the variant that was clicked."""

_REST = "#8a8a8a"
"""Seen on light and on dark paper."""


def scatter(records: Sequence[Record], *, letters: Sequence[str], words: Mapping[str, str]) -> Any:
    """Return the chart of `views.compare.points`. ``letters``: of the nets that are compared.

    ``words``: what "cost", "top1", "variant", "source" and "count" are called.
    """
    values = [
        {**one, "about": f"{one['name']}: {one['top1']:g}%, {one['amount']}"} for one in records
    ]
    clicked = alt.selection_point(name=POINT, fields=["choice"], empty=False)
    base = alt.Chart(data(values)).encode(
        x=alt.X(
            "x:Q",
            title=words["cost"],
            scale=alt.Scale(type="log", nice=False, padding=14),
            axis=alt.Axis(format="~g", tickCount=8),
        ),
        y=alt.Y("top1:Q", title=words["top1"], scale=alt.Scale(zero=False, padding=12)),
        description="about:N",
        tooltip=[
            alt.Tooltip("name:N", title=words["variant"]),
            alt.Tooltip("top1:Q", title=words["top1"], format="~g"),
            alt.Tooltip("exact:N", title=words["count"]),
            alt.Tooltip("source:N", title=words["source"]),
        ],
    )
    front = (
        base.transform_filter("datum.front")
        .mark_line(interpolate="step-after", color=_REST, strokeWidth=1.2, aria=False)
        .encode(tooltip=alt.value(None))
    )
    rest = (
        base.transform_filter("datum.letter == ''")
        .mark_point(filled=True, size=46, color=_REST, opacity=0.75, cursor="pointer")
        .add_params(clicked)
    )
    colours = categories(list(letters))
    marks = dict(zip(letters, MARKS, strict=False))
    own = base.transform_filter("datum.letter != ''").encode(
        color=alt.Color(
            "letter:N",
            scale=alt.Scale(domain=list(letters), range=[colours[one] for one in letters]),
            legend=None,
        )
    )
    named = own.mark_point(filled=True, size=130, opacity=1).encode(
        shape=alt.Shape(
            "letter:N",
            scale=alt.Scale(domain=list(letters), range=[marks[one] for one in letters]),
            legend=None,
        )
    )
    texts = own.mark_text(dx=13, fontSize=14, fontWeight=700, aria=False).encode(
        text="letter:N", tooltip=alt.value(None)
    )
    return finished(front + rest + named + texts, height=380)
