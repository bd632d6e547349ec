"""Charts of `archcalc.output.charts` for the browser, with a page's words; titles are headings."""

from __future__ import annotations

from archcalc.base.tables import Record
from archcalc.output.charts import Picture
from archcalc.output.charts.vega import Spec, categorical, chart, field, marks
from archcalc.output.palette import categories

_HEIGHT = 320


def functions_chart(
    picture: Picture, *, legend: str, x: str | None = None, y: str | None = None
) -> Spec:
    """Return the smooth lines of a picture of kind "functions"; ``x``, ``y``: other words."""
    names, colours = list(picture.order), categories(picture.order)
    across, up = x or picture.x, y or picture.y
    how = {
        "x": field("x", "Q", across, scale={"zero": False, "nice": False}),
        "y": field("y", "Q", up),
        "color": categorical(
            "series",
            names,
            [colours[name] for name in names],
            legend={"title": legend, "values": list(picture.labelled), "orient": "top"},
        ),
        "strokeDash": field("series", "N", sort=names, legend=None),
        "tooltip": [field("series", "N", legend), field("x", "Q", across), field("exact", "N", up)],
    }
    return chart([marks("line", how, data="rows")], {"rows": _rows(picture)}, height=_HEIGHT)


def side_bars_chart(picture: Picture, *, exact: str, series: str) -> Spec:
    """Return the bars of a picture of kind "side_bars", several of each name.

    ``exact``, ``series``: what the exact figure and what the series are called in a tooltip.
    """
    names, colours = list(picture.order), categories(picture.order)
    rows = _rows(picture)
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    how = {
        "x": field("y", "Q", picture.x),
        "y": field("kind", "N", picture.y, sort=kinds),
        "yOffset": field("series", "N", sort=names, scale={"domain": names}),
        "color": categorical(
            "series",
            names,
            [colours[name] for name in names],
            legend={"title": picture.legend or None, "orient": "top"},
        ),
        "tooltip": [
            field("kind", "N", picture.y),
            field("series", "N", series),
            field("exact", "N", exact),
            field("y", "Q", picture.x, format=".2f"),
        ],
    }
    return chart([marks("bar", how, data="rows")], {"rows": rows}, height=_HEIGHT)


def _rows(picture: Picture) -> list[Record]:
    return [
        {str(name): value for name, value in row.items()}
        for row in picture.frame.to_dict("records")
    ]
