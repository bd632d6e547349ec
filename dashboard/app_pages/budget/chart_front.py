"""Accuracy against a cost: what fits in colour, what does not pale, the front, and the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

import altair as alt

from archcalc.base.tables import Record
from archcalc.output.charts.palette import CATEGORIES, MARKS
from dashboard.kit.chart_base import data, finished

OPEN = "open"
"""The name of the selection: the variant that was clicked."""

_NAMED = 6
"""Nets with a colour of their own; the rest are grey."""
_GREY = "#8a8a8a"
_PALE = 0.22


def front(
    points: Sequence[Record],
    nets: Sequence[str],
    *,
    words: Mapping[str, str],
    limit: float | None = None,
) -> Any:
    """Return the chart of `views.fitting.Fitting.points`.

    ``nets``: those of the points, the first few in colours of their own whatever is shown.
    ``words``: what "x", "y", "variant", "basis", "source", "others" and each basis are called.
    ``limit``: where the limit on the cost lies, in the unit of ``x``.
    """
    named = list(nets[:_NAMED])
    names = [*named, words["others"]] if len(nets) > _NAMED else named
    values = [
        {
            **point,
            "series": point["net"] if point["net"] in named else words["others"],
            "is": words[point["basis"]],
        }
        for point in points
    ]
    x = alt.X(
        "x:Q",
        title=words["x"],
        scale=alt.Scale(type="log", nice=False, padding=12),
        axis=alt.Axis(values=_ticks([point["x"] for point in points]), format="~g"),
    )
    y = alt.Y("y:Q", title=words["y"], scale=alt.Scale(zero=False, padding=10))
    clicked = alt.selection_point(name=OPEN, fields=["key"], empty=False)
    colours = [*CATEGORIES[: len(named)], _GREY][: len(names)]
    shapes = [MARKS[index % len(MARKS)] for index in range(len(names))]
    legend = alt.Legend(title=None, orient="bottom", columns=3, labelLimit=240, symbolOpacity=1)
    marks = (
        alt.Chart(data(values))
        .transform_calculate(
            about="datum.name + ': ' + datum.exact + ', ' + format(datum.y, '.1f') + '%, '"
            " + datum.is"
        )
        .mark_point(cursor="pointer", strokeWidth=1.4)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "series:N", scale=alt.Scale(domain=names, range=colours), legend=legend
            ),
            shape=alt.Shape("series:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
            # what is printed is full, what is worked out is hollow
            fill=alt.condition(
                "datum.basis == 'published'",
                alt.Color("series:N", scale=alt.Scale(domain=names, range=colours), legend=None),
                alt.value("transparent"),
            ),
            opacity=alt.condition("datum.fits", alt.value(1), alt.value(_PALE)),
            size=alt.condition("datum.front", alt.value(75), alt.value(34)),
            description="about:N",
            tooltip=[
                alt.Tooltip("name:N", title=words["variant"]),
                alt.Tooltip("y:Q", title=words["y"], format=".2f"),
                alt.Tooltip("is:N", title=words["basis"]),
                alt.Tooltip("exact:N", title=words["cost"]),
                alt.Tooltip("source:N", title=words["source"]),
            ],
        )
        .add_params(clicked)
    )
    # a choice is the best until the next one's cost: between the two, no mixture can be had
    line = (
        alt.Chart(data([value for value in values if value["front"]]))
        .mark_line(color=_GREY, strokeWidth=1.2, interpolate="step-after", aria=False)
        .encode(x=x, y=y)
    )
    layers = [line, marks]
    if limit is not None:
        rule = alt.Chart(data([{"x": limit}])).mark_rule(
            color=_GREY, strokeDash=[5, 4], strokeWidth=1.5, aria=False
        )
        layers.insert(0, rule.encode(x=x))
    return finished(alt.layer(*layers), height=500)


def _ticks(values: Sequence[float]) -> list[float]:
    """Return 1, 2 and 5 of each power of ten between the least and the most."""
    powers = range(floor(log10(min(values))), ceil(log10(max(values))) + 1)
    return [part * 10.0**power for power in powers for part in (1, 2, 5)]
