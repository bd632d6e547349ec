"""Every layer as a bar, in the order in which they run, coloured by its operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from archcalc.charts.palette import categories
from archcalc.tables import Record
from dashboard.charts._base import data, finished

_NAMED = 6
"""Operators with a colour of their own: the palette's next one is black, as dark paper is."""


def layer_bars(
    layers: Sequence[Record], quantity: str, *, title: str, words: Mapping[str, str], height: int
) -> Any:
    """Return the chart of `views.latency.layer_records`: ``quantity`` is "ms" or "madds".

    ``words``: what "layer", "op", "time", "madds" and "other" are called. The operators that take
    the most time have a colour of their own.
    """
    times: dict[str, float] = {}
    for layer in layers:
        times[layer["op"]] = times.get(layer["op"], 0) + layer["ms"]
    slowest = sorted(times, key=lambda op: -times[op])
    named = slowest[:_NAMED]
    order = [*named, *([words["other"]] if len(slowest) > _NAMED else [])]
    colours = categories([*named, "other"])
    values = [
        {**layer, "kind": layer["op"] if layer["op"] in named else words["other"]}
        for layer in layers
    ]
    scale = alt.Scale(domain=order, range=[colours.get(op, colours["other"]) for op in order])
    legend = alt.Legend(title=None, orient="top", columns=4, symbolType="square")
    chart = (
        alt.Chart(data(values))
        .transform_calculate(
            label="datum.id + ': ' + format(datum.ms, '.3f') + ' ms, ' + datum.count + ' MAdds'"
        )
        .mark_bar()
        .encode(
            x=alt.X("place:O", title=None, axis=alt.Axis(labels=False, ticks=False)),
            y=alt.Y(
                f"{quantity}:Q",
                title=title,
                axis=alt.Axis(format="~s") if quantity == "madds" else alt.Axis(),
            ),
            color=alt.Color("kind:N", scale=scale, legend=legend if quantity == "ms" else None),
            description="label:N",
            tooltip=[
                alt.Tooltip("id:N", title=words["layer"]),
                alt.Tooltip("op:N", title=words["op"]),
                alt.Tooltip("ms:Q", title=f"{words['time']} (ms)", format=".3f"),
                alt.Tooltip("time_share:Q", title=f"{words['time']} (%)", format=".2f"),
                alt.Tooltip("count:N", title=words["madds"]),
            ],
        )
    )
    return finished(chart, height=height)
