"""Accuracy against a cost: what fits in colour, the rest pale, the Pareto front, and the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from archcalc.base.tables import Record
from archcalc.output.charts.vega import (
    Spec,
    calculate,
    categorical,
    chart,
    click,
    field,
    marks,
    only,
    where,
)
from archcalc.output.palette import CATEGORIES, GREY, MARKS
from dashboard.kit.clicks import PICK

_HEIGHT = 500
_NAMED = 6
"""Nets with a colour of their own; the rest are grey."""
_PALE = 0.22


def front_chart(
    points: Sequence[Record],
    nets: Sequence[str],
    *,
    words: Mapping[str, str],
    limit: float | None = None,
) -> Spec:
    """Return the chart of `data_fitting.Fitting.points`.

    ``nets``: those of the points, the first few in colours of their own whatever is shown.
    ``words``: what "x", "y", "variant", "basis", "cost", "source", "others" and each basis are
    called. ``limit``: where the limit on the cost lies, in the unit of ``x``.
    """
    named = list(nets[:_NAMED])
    names = [*named, words["others"]] if len(nets) > _NAMED else named
    rows = [
        {
            **point,
            "series": point["net"] if point["net"] in named else words["others"],
            "is": words[point["basis"]],
        }
        for point in points
    ]
    place = {
        "x": field(
            "x",
            "Q",
            words["x"],
            scale={"type": "log", "nice": False, "padding": 12},
            axis={"values": _ticks([point["x"] for point in points]), "format": "~g"},
        ),
        "y": field("y", "Q", words["y"], scale={"zero": False, "padding": 10}),
    }
    # a choice is the best until the next one's cost: no net lies between the two
    line = marks(
        "line",
        place,
        data="points",
        transform=[only("datum.front")],
        color=GREY,
        strokeWidth=1.2,
        interpolate="step-after",
        aria=False,
    )
    layers = [line, _points(place, names, words)]
    datasets: dict[str, Sequence[Record]] = {"points": rows}
    if limit is not None:
        rule = marks(
            "rule",
            {"x": place["x"]},
            data="limit",
            color=GREY,
            strokeDash=[5, 4],
            strokeWidth=1.5,
            aria=False,
        )
        layers.insert(0, rule)
        datasets["limit"] = [{"x": limit}]
    return chart(layers, datasets, height=_HEIGHT)


def _points(place: Mapping[str, Spec], names: Sequence[str], words: Mapping[str, str]) -> Spec:
    colours = [*CATEGORIES[:_NAMED], GREY][: len(names)]
    shapes = [MARKS[index % len(MARKS)] for index in range(len(names))]
    legend = {"title": None, "orient": "bottom", "columns": 3}
    legend |= {"labelLimit": 240, "symbolOpacity": 1}
    about = "datum.name + ': ' + datum.exact + ', ' + format(datum.y, '.1f') + '%, ' + datum.is"
    how = {
        **place,
        "color": categorical("series", names, colours, legend=legend),
        "shape": categorical("series", names, shapes, legend=legend),
        # published is filled, estimated is hollow
        "fill": where(
            "datum.basis == 'published'",
            categorical("series", names, colours, legend=None),
            "transparent",
        ),
        "opacity": where("datum.fits", 1, _PALE),
        "size": where("datum.front", 75, 34),
        "description": field("about", "N"),
        "tooltip": [
            field("name", "N", words["variant"]),
            field("y", "Q", words["y"], format=".2f"),
            field("is", "N", words["basis"]),
            field("exact", "N", words["cost"]),
            field("source", "N", words["source"]),
        ],
    }
    return marks(
        "point",
        how,
        data="points",
        transform=calculate(about=about),
        params=[click(PICK, "key")],
        cursor="pointer",
        strokeWidth=1.4,
    )


def _ticks(values: Sequence[float]) -> list[float]:
    """Return 1, 2 and 5 of each power of ten between the least and the most."""
    powers = range(floor(log10(min(values))), ceil(log10(max(values))) + 1)
    return [part * 10.0**power for power in powers for part in (1, 2, 5)]
