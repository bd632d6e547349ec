"""Charts for screens: Altair, rendered as SVG so that marks are elements with labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from archcalc.base.errors import ArchcalcError
from archcalc.output.charts import screen_panels
from archcalc.output.charts.palette import FRONT, HEAT, MARKS, categories, of_lines
from archcalc.output.charts.picture import Kind, Picture

_WIDTH, _HEIGHT = 560, 320
_MOST_MARKS = 5000
"""Altair's own limit: a browser draws no more in the time that a person waits."""

_SVG = {"embedOptions": {"renderer": "svg"}}


def draw(picture: Picture) -> Any:
    """Return the chart of a picture, with tooltips and its sentence for screen readers.

    Raises ArchcalcError for more marks than a browser draws well.
    """
    marks = len(picture.frame)
    if marks > _MOST_MARKS:
        raise ArchcalcError(f"an interactive chart: at most {_MOST_MARKS:,} marks, not {marks:,}")
    lines = picture.title_lines()
    return _DRAWN[picture.kind](picture).properties(
        title=alt.TitleParams(
            lines if len(lines) > 1 else picture.title, anchor="start", fontSize=13
        ),
        description=picture.alt,
        usermeta=_SVG,
    )


def _sized(chart: Any, height: int = _HEIGHT) -> Any:
    # "container" follows the page's column, where there is one
    return chart.properties(width="container", height=height)


def _colour(picture: Picture, colours: Mapping[str, str], *, upwards: bool = False) -> Any:
    names, labelled = list(picture.order), list(picture.labelled)
    shown = labelled[::-1] if upwards else labelled
    scale = alt.Scale(domain=names, range=[colours[name] for name in names])
    legend = alt.Legend(title=_key(picture), values=shown)
    return alt.Color("series:N", scale=scale, legend=legend, sort=names)


def _key(picture: Picture) -> Any:
    return picture.key.split("\n") if picture.key else None


def _lines(picture: Picture) -> Any:
    tooltip = [
        alt.Tooltip("series:N", title=picture.legend),
        alt.Tooltip("x:Q", title=picture.x),
        alt.Tooltip("exact:N", title=picture.y.split(" (")[0]),
    ]
    frame = picture.frame
    sides = dict(zip(frame["series"], frame["resolution"], strict=True))
    colours = of_lines((series, sides[series]) for series in picture.order)
    dashes = alt.Legend(title="net") if frame["net"].nunique() > 1 else None
    base = alt.Chart(frame).encode(
        x=alt.X("x:Q", title=picture.x, scale=alt.Scale(zero=False, nice=False, padding=8)),
        y=alt.Y("y:Q", title=picture.y),
        color=_colour(picture, colours, upwards=True),
        tooltip=tooltip,
    )
    # lines and points apart: a legend of dashes shows those of lines alone
    lines = base.mark_line().encode(strokeDash=alt.StrokeDash("net:N", sort=None, legend=dashes))
    return _sized(lines + base.mark_point(size=22, filled=True, opacity=1))


def _heat(picture: Picture) -> Any:
    frame = picture.frame
    widths, sides = (list(dict.fromkeys(frame[name])) for name in ("width", "resolution"))
    # a logarithm knows no 0
    scale = alt.Scale(scheme=HEAT, type="log" if frame["value"].min() > 0 else "linear")
    tooltip = [
        alt.Tooltip("width:N", title=picture.x),
        alt.Tooltip("resolution:N", title=picture.y),
        alt.Tooltip("exact:N", title=picture.legend.split(" (")[0]),
    ]
    turned = alt.Axis(labelAngle=-90 if len(widths) > 12 else 0)
    base = alt.Chart(frame).encode(
        x=alt.X("width:O", title=picture.x, sort=widths, axis=turned),
        y=alt.Y("resolution:O", title=picture.y, sort=sides[::-1]),
        tooltip=tooltip,
    )
    legend = alt.Legend(title=picture.legend, tickCount=4)
    return _sized(base.mark_rect().encode(color=alt.Color("scaled:Q", scale=scale, legend=legend)))


def _front(picture: Picture) -> Any:
    colours = categories(picture.order)
    names = list(picture.order)
    x = alt.X("x:Q", title=picture.x, scale=alt.Scale(type="log", padding=8))
    y = alt.Y("y:Q", title=picture.y, scale=alt.Scale(zero=False))
    frame = picture.frame
    # a choice dominates until the next one's cost: between the two, no mixture can be had
    line = (
        alt.Chart(frame[frame["front"]])
        .mark_line(color=FRONT, strokeWidth=1, interpolate="step-after")
        .encode(x=x, y=y)
    )
    marks = [MARKS[i % len(MARKS)] for i in range(len(names))]
    how = {
        "x": x,
        "y": y,
        "color": _colour(picture, colours),
        "shape": alt.Shape(
            "series:N",
            scale=alt.Scale(domain=names, range=marks),
            legend=alt.Legend(title=_key(picture), values=list(picture.labelled)),
        ),
        "tooltip": [
            alt.Tooltip("name:N", title="variant"),
            alt.Tooltip("y:Q", title="top-1 (%)", format=".2f"),
            alt.Tooltip("basis:N", title="top-1 is"),
            alt.Tooltip("exact:N", title=picture.x.split(" (")[0]),
        ],
    }
    published = frame["basis"] == "published"
    full = alt.Chart(frame[published]).mark_point(size=45, filled=True, opacity=1).encode(**how)
    hollow = alt.Chart(frame[~published]).mark_point(size=45, opacity=1).encode(**how)
    return _sized(line + hollow + full)


def _shares(picture: Picture) -> Any:
    rank = {kind: index for index, kind in enumerate(picture.order)}
    frame = picture.frame.assign(rank=[rank[kind] for kind in picture.frame["series"]])
    chart = alt.Chart(frame)
    if frame["x"].nunique() > 1:
        marks = chart.mark_area(stroke="white", strokeWidth=0.6)
        x = alt.X("x:Q", title=picture.x, scale=alt.Scale(zero=False, nice=False))
    else:  # one width has no area
        marks = chart.mark_bar(size=120, stroke="white", strokeWidth=0.6)
        x = alt.X("x:O", title=picture.x, axis=alt.Axis(labelAngle=0))
    return _sized(
        marks.encode(
            x=x,
            y=alt.Y("y:Q", title=picture.y, stack="zero", scale=alt.Scale(domain=[0, 100])),
            color=_colour(picture, categories(picture.order), upwards=True),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("series:N", title=picture.legend),
                alt.Tooltip("x:Q", title=picture.x),
                alt.Tooltip("y:Q", title=picture.y, format=".2f"),
                alt.Tooltip("exact:N", title="count"),
            ],
        )
    )


def _bars(picture: Picture) -> Any:
    names = list(picture.order)
    stages = list(dict.fromkeys(picture.frame["stage"]))
    turned = alt.Axis(labelAngle=-90 if len(stages) > 8 else 0)
    return _sized(
        alt.Chart(picture.frame)
        .mark_bar()
        .encode(
            x=alt.X("stage:O", title=picture.x, sort=stages, axis=turned),
            xOffset=alt.XOffset("series:N", sort=names),
            y=alt.Y("y:Q", title=picture.y),
            color=_colour(picture, categories(names)),
            tooltip=[
                alt.Tooltip("stage:N", title=picture.x),
                alt.Tooltip("series:N", title="quantity"),
                alt.Tooltip("exact:N", title="count"),
                alt.Tooltip("y:Q", title=picture.y, format=".2f"),
            ],
        )
    )


def _side_bars(picture: Picture) -> Any:
    names = list(picture.order)
    kinds = list(dict.fromkeys(picture.frame["kind"]))
    return _sized(
        alt.Chart(picture.frame)
        .mark_bar()
        .encode(
            x=alt.X("y:Q", title=picture.x),
            y=alt.Y("kind:N", title=picture.y, sort=kinds),
            yOffset=alt.YOffset("series:N", sort=names),
            color=_colour(picture, categories(names)),
            tooltip=[
                alt.Tooltip("kind:N", title=picture.y),
                alt.Tooltip("series:N", title="quantity"),
                alt.Tooltip("exact:N", title="count"),
                alt.Tooltip("y:Q", title=picture.x, format=".2f"),
            ],
        )
    )


def _closed_form(picture: Picture) -> Any:
    frame = picture.frame.rename(columns={"closed_form": "α²ρ²"})
    if isinstance(frame["x"].iloc[0], str):
        x = alt.X("x:O", title=picture.x, sort=list(frame["x"]))
    else:
        x = alt.X("x:Q", title=picture.x, scale=alt.Scale(zero=False, nice=False, padding=8))
    tooltip = [
        alt.Tooltip("x", title=picture.x),
        alt.Tooltip("digits:N", title="exact"),
        alt.Tooltip("difference:Q", title="too low by (%)", format=".2f"),
    ]
    above = (
        alt.Chart(frame)
        .transform_fold(list(picture.order), as_=["series", "y"])
        .mark_line(point=alt.OverlayMarkDef(size=22))
        .encode(
            x=x,
            y=alt.Y("y:Q", title=picture.y),
            color=_colour(picture, categories(picture.order)),
            strokeDash=alt.StrokeDash("series:N", sort=list(picture.order), legend=None),
            tooltip=tooltip,
        )
    )
    below = (
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=22, color=FRONT), color=FRONT)
        .encode(x=x, y=alt.Y("difference:Q", title="too low by (%)"), tooltip=tooltip)
    )
    # charts above one another cannot follow a container's width
    return alt.vconcat(
        above.properties(width=_WIDTH, height=220), below.properties(width=_WIDTH, height=80)
    )


def _curves(picture: Picture) -> Any:
    frame = picture.frame
    if isinstance(frame["x"].iloc[0], str):
        x = alt.X("x:O", title=picture.x, sort=list(dict.fromkeys(frame["x"])))
    else:
        x = alt.X("x:Q", title=picture.x, scale=alt.Scale(zero=False, nice=False, padding=8))
    return _sized(
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=22))
        .encode(
            x=x,
            y=alt.Y("y:Q", title=picture.y),
            color=_colour(picture, categories(picture.order)),
            strokeDash=alt.StrokeDash("series:N", sort=list(picture.order), legend=None),
            tooltip=[
                alt.Tooltip("series:N", title=picture.legend),
                alt.Tooltip("x", title=picture.x),
                alt.Tooltip("exact:N", title="count"),
                alt.Tooltip("y:Q", title=picture.y, format=".1f"),
            ],
        )
    )


def _profile(picture: Picture) -> Any:
    frame = picture.frame
    shown = {
        "x": alt.X("x:O", title=picture.x, axis=alt.Axis(labels=False, ticks=False)),
        "color": _colour(picture, categories(picture.order)),
        "tooltip": [
            alt.Tooltip("name:N", title="layer"),
            alt.Tooltip("series:N", title=picture.legend),
            alt.Tooltip("exact:N", title="measured, counted"),
        ],
    }
    above, below = (
        alt.Chart(frame).mark_bar().encode(y=alt.Y(f"{column}:Q", title=title), **shown)
        for column, title in (("y", picture.y), ("madds", "MAdds (M)"))
    )
    # charts above one another cannot follow a container's width
    return alt.vconcat(
        above.properties(width=_WIDTH, height=200), below.properties(width=_WIDTH, height=120)
    )


_DRAWN: dict[Kind, Callable[[Picture], Any]] = {
    "lines": _lines,
    "heat": _heat,
    "front": _front,
    "shares": _shares,
    "bars": _bars,
    "side_bars": _side_bars,
    "closed_form": _closed_form,
    "curves": _curves,
    "profile": _profile,
    "functions": screen_panels.functions,
    "stacks": screen_panels.stacks,
    "points": screen_panels.points,
    "cells": screen_panels.cells,
}
