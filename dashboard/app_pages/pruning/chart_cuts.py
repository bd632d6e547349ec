"""Pruning as charts: rows before and after, what is left by ratio, where weights lie."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from archcalc.base.tables import Record
from archcalc.base.units import format_fixed, format_percent
from archcalc.output.charts.vega import (
    INK,
    Spec,
    calculate,
    categorical,
    chart,
    field,
    marks,
    tooltip,
)
from archcalc.output.palette import CATEGORIES, GREY, MADDS, PARAMS

_SERIES = (MADDS, PARAMS, CATEGORIES[2])
_DASHES = ([1, 0], [6, 3], [2, 2])
_ROW, _AROUND = 24, 90
"""Pixels: of a row, and of the axis and the legend."""
_LEGEND: Spec = {"title": None, "orient": "top", "symbolType": "square", "symbolOpacity": 1}


def rows_chart(bars: Sequence[Record], *, words: Mapping[str, str]) -> Spec:
    """Return the chart of `data_shrunk.bars`: a wide pale bar before, a narrow one after.

    ``words``: "row", "cost" (with the unit of the axis), "before", "after", "change".
    """
    most = max(bar["before"] for bar in bars) or 1
    names = [words["before"], words["after"]]
    place = field("key", "N", sort=None, axis={"labelLimit": 130, "ticks": False})
    # the change is written behind the bar: the longest one leaves room for it
    along = {"domain": [0, 1.18 * most], "nice": False}

    def at(when: str) -> Spec:
        return field(when, "Q", words["cost"], scale=along, axis={"tickCount": 6})

    def bar(when: str, **options: Any) -> Spec:
        colour = categorical("series", names, [GREY, MADDS], legend=_LEGEND)
        series = calculate(series=json.dumps(words[when]))
        encoding = {"x": at(when), "y": place, "color": colour}
        return marks("bar", encoding, data="rows", transform=series, **options)

    change = marks(
        "text",
        {
            "x": at("before"),
            "y": place,
            "text": field("change", "N"),
            "description": field("about", "N"),
        },
        data="rows",
        align="left",
        dx=6,
        color=INK,
    )
    figures = tooltip(
        key=words["row"],
        before_text=words["before"],
        after_text=words["after"],
        change=words["change"],
    )
    # one bar that is not seen is what a mouse finds, and says both figures
    whole = marks(
        "bar",
        {"x": at("before"), "y": place, "tooltip": figures},
        data="rows",
        opacity=0,
        aria=False,
    )
    layers = [bar("before", opacity=0.5, aria=False), bar("after", size=10, aria=False)]
    return chart([*layers, change, whole], {"rows": bars}, height=_ROW * len(bars) + _AROUND)


def curves_chart(
    records: Sequence[Record],
    series: Mapping[str, str],
    *,
    x: str,
    y: str,
    at: float | None = None,
) -> Spec:
    """Return columns against ``ratio`` as lines; ``series``: the name of each column.

    ``at``: the chosen place, marked by a rule.
    """
    values = [
        {
            "ratio": record["ratio"],
            "y": record[column],
            "text": format_percent(record[column], 1),
            "series": name,
        }
        for column, name in series.items()
        for record in records
        if record[column] is not None
    ]
    names = list(series.values())
    place = {
        "x": field("ratio", "Q", x, axis={"format": "~%", "tickCount": 8}),
        "y": field("y", "Q", y, scale={"domain": [0, 100]}, axis={"tickCount": 5}),
    }
    legend = {**_LEGEND, "symbolType": "stroke", "symbolStrokeWidth": 3, "columns": 2}
    colour = categorical("series", names, _SERIES[: len(names)], legend=legend)
    dash = {"domain": names, "range": list(_DASHES[: len(names)])}
    lines = marks(
        "line",
        {
            **place,
            "color": colour,
            "strokeDash": field("series", "N", scale=dash, legend=legend),
        },
        data="lines",
        strokeWidth=2.5,
        aria=False,
    )
    points = marks(
        "point",
        {
            **place,
            "color": colour,
            "tooltip": [
                field("series", "N", y),
                field("text", "N", "%"),
                field("ratio", "Q", x, format="~%"),
            ],
        },
        data="lines",
        filled=True,
        size=45,
    )
    own = [] if at is None else [{"ratio": at}]
    rule = marks(
        "rule",
        {"x": field("ratio", "Q", x)},
        data="own",
        color=INK,
        strokeDash=[5, 4],
        opacity=0.6,
        aria=False,
    )
    layers, data = [lines, points], {"lines": values}
    return chart([*layers, rule] if own else layers, data | ({"own": own} if own else {}),
                 height=320)  # fmt: skip


def histogram_chart(
    bins: Sequence[Record], threshold: float | None, *, words: Mapping[str, str]
) -> Spec:
    """Return how many weights lie where, what is kept upon what is cut.

    ``threshold``: |w| below it is cut, marked by a rule on either side; None: no rules.
    ``words``: "kept", "cut", "weight", "count", "threshold".
    """
    values = [
        {
            "low": one["low"],
            "high": one["high"],
            "from": one["cut"] * (name == "kept"),
            "to": one["cut"] * (name == "kept") + one[name],
            "count": one[name],
            "series": words[name],
            "place": f"{format_fixed(one['low'], 3)} … {format_fixed(one['high'], 3)}",
        }
        for one in bins
        for name in ("kept", "cut")
        if one[name]
    ]
    names = [words["kept"], words["cut"]]
    bars = marks(
        "rect",
        {
            "x": field("low", "Q", words["weight"], axis={"tickCount": 5, "grid": False}),
            "x2": {"field": "high"},
            "y": field("from", "Q", words["count"]),
            "y2": {"field": "to"},
            "color": categorical("series", names, [MADDS, GREY], legend=_LEGEND),
            "tooltip": tooltip(
                series=f"{words['kept']} / {words['cut']}",
                place=words["weight"],
                count=words["count"],
            ),
        },
        data="bins",
    )
    rules = marks(
        "rule",
        {"x": field("low", "Q", words["weight"]), "tooltip": tooltip(text=words["threshold"])},
        data="thresholds",
        color=INK,
        strokeDash=[5, 4],
        strokeWidth=1.5,
        aria=False,
    )
    if threshold is None:
        return chart([bars], {"bins": values}, height=320)
    sides = [
        {"low": sign * threshold, "text": f"< {format_fixed(threshold, 3)}"} for sign in (-1, 1)
    ]
    return chart([bars, rules], {"bins": values, "thresholds": sides}, height=320)
