"""Shares of MAdds upwards, of parameters downwards: where a net computes and where it remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from archcalc.tables import Record
from dashboard.charts._base import data, finished
from dashboard.charts._colours import MADDS, PARAMS

MARK = "at"
"""The name of the selection: the group that is marked."""

_MOST_NAMES = 48


def shares(
    bars: Sequence[Record], *, words: Mapping[str, str], at: str, in_order: bool = True
) -> Any:
    """Return the chart of `views.layers.bars`; ``at``: the group to mark, "" for none.

    ``words``: what "madds", "params", "count", "quantity" and "key" are called. ``in_order``: as
    the net runs; else the largest first.
    """
    keys = list(dict.fromkeys(bar["key"] for bar in bars))
    if not in_order:
        largest = {key: max(b["share"] for b in bars if b["key"] == key) for key in keys}
        keys.sort(key=lambda key: -largest[key])
    names = [words["madds"], words["params"]]
    values = [{**bar, "words": words[bar["quantity"]]} for bar in bars]
    named = len(keys) <= _MOST_NAMES
    mark = alt.selection_point(
        name=MARK, fields=["key"], value=[{"key": at}] if at else alt.Undefined
    )
    chart = (
        alt.Chart(data(values))
        .transform_calculate(
            signed="datum.quantity == 'params' ? -datum.share : datum.share",
            label=(
                "datum.key + ': ' + datum.count + ' ' + datum.words"
                " + ', ' + format(datum.share, '.2f') + '%'"
            ),
        )
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X(
                "key:N",
                sort=keys,
                title=None,
                axis=alt.Axis(labels=named, ticks=named, labelAngle=-90, labelLimit=110),
            ),
            y=alt.Y(
                "signed:Q",
                title=None,
                axis=alt.Axis(labelExpr="format(abs(datum.value), '~f') + '%'", tickCount=6),
            ),
            color=alt.Color(
                "words:N",
                scale=alt.Scale(domain=names, range=[MADDS, PARAMS]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            opacity=alt.condition(mark, alt.value(1), alt.value(0.35)),
            description="label:N",
            tooltip=[
                alt.Tooltip("key:N", title=words["key"]),
                alt.Tooltip("words:N", title=words["quantity"]),
                alt.Tooltip("exact:N", title=words["count"]),
                alt.Tooltip("share:Q", title="%", format=".2f"),
            ],
        )
        .add_params(mark)
    )
    return finished(chart, height=360)
