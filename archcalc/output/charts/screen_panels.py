"""Charts for screens of lessons and of nets side by side; as `panels` draws them on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archcalc.output.charts.palette import HEAT, categories
from archcalc.output.charts.picture import Picture

_HEIGHT = 320
_PANEL = 170


def functions(picture: Picture) -> Any:
    """Return smooth lines."""
    import altair as alt

    scale = alt.Scale(zero=False, nice=False)
    return (
        alt.Chart(picture.frame)
        .mark_line()
        .encode(
            x=alt.X("x:Q", title=picture.x, scale=scale),
            y=alt.Y("y:Q", title=picture.y),
            color=_colour(picture),
            strokeDash=alt.StrokeDash("series:N", sort=list(picture.order), legend=None),
            tooltip=[
                alt.Tooltip("series:N", title=picture.legend),
                alt.Tooltip("x:Q", title=picture.x),
                alt.Tooltip("exact:N", title=picture.y),
            ],
        )
        .properties(width="container", height=_HEIGHT)
    )


def stacks(picture: Picture) -> Any:
    """Return a bar a name, cut into its series in their order."""
    import altair as alt

    place = {series: index for index, series in enumerate(picture.order)}
    frame = picture.frame.assign(place=picture.frame["series"].map(place))
    bars = list(dict.fromkeys(frame["bar"]))
    return (
        alt.Chart(frame)
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            x=alt.X("y:Q", title=picture.x, scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("bar:N", title=picture.y, sort=bars),
            color=_colour(picture),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("bar:N", title=picture.y),
                alt.Tooltip("series:N", title=picture.legend),
                alt.Tooltip("exact:N", title="count"),
                alt.Tooltip("y:Q", title=picture.x, format=".2f"),
            ],
        )
        .properties(width="container", height=max(90, 26 * len(bars)))
    )


def points(picture: Picture) -> Any:
    """Return panels of points, coloured along their order."""
    import altair as alt

    return _panels(
        picture,
        lambda own, name: (
            alt.Chart(own)
            .mark_circle(size=14, opacity=1)
            .encode(
                x=alt.X("x:Q", title=name),
                y=alt.Y("y:Q", title=picture.y),
                color=alt.Color("t:Q", scale=alt.Scale(scheme=HEAT), legend=None),
                tooltip=[alt.Tooltip("exact:N", title=name)],
            )
            .properties(width=_PANEL, height=_PANEL)
        ),
    )


def cells(picture: Picture) -> Any:
    """Return arrays of numbers as cells; what is cut is pale."""
    import altair as alt

    def panel(own: Any, name: str) -> Any:
        axis = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
        base = alt.Chart(own).encode(
            x=alt.X("x:O", title=name, axis=axis),
            y=alt.Y("y:O", title=picture.y, axis=axis),
            tooltip=[alt.Tooltip("text:N", title=name), alt.Tooltip("exact:N", title="fate")],
        )
        scale = alt.Scale(domain=[True, False], range=["#d6e7f2", "#f6f6f6"])
        rect = base.mark_rect(stroke="#b9c0c9").encode(
            color=alt.Color("kept:N", scale=scale, legend=None)
        )
        ink = alt.condition("datum.kept", alt.value("#16191d"), alt.value("#7a828b"))
        text = base.mark_text().encode(text="text:N", color=ink)
        return (rect + text).properties(
            width=40 * int(own["x"].max() + 1), height=36 * int(own["y"].max() + 1)
        )

    return _panels(picture, panel)


def _panels(picture: Picture, draw: Callable[[Any, str], Any]) -> Any:
    import altair as alt

    frame = picture.frame
    charts = [draw(frame[frame["panel"] == name], name) for name in picture.order]
    return alt.concat(*charts, columns=3).resolve_scale(color="independent")


def _colour(picture: Picture) -> Any:
    import altair as alt

    colours = categories(picture.order)
    names = list(picture.order)
    scale = alt.Scale(domain=names, range=[colours[name] for name in names])
    return alt.Color(
        "series:N", scale=scale, legend=alt.Legend(title=picture.legend or None), sort=names
    )
