"""A heat map of width × resolution: a cell for each variant, and a click that takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.tables import Record
from archcalc.output.charts.vega import Spec, chart, click, field, marks, only, tooltip, where
from archcalc.output.palette import HEAT, PARAMS
from dashboard.kit.clicks import PICK

_HEIGHT, _ROW, _AROUND = 440, 36, 60
"""Pixels: of all where there are few rows, of a row where there are many, of the axis."""


def heat_chart(cells: Sequence[Record], *, words: Mapping[str, str]) -> Spec:
    """Return the chart of `data_heat.cells`.

    ``words``: "width", "resolution", "cost", "exact", "of_own".
    """
    columns, rows = (
        list(dict.fromkeys(cell[name] for cell in cells)) for name in ("width", "resolution")
    )
    place = {
        "x": field(
            "width", "O", words["width"], sort=columns, axis={"labelAngle": 0, "labelFlush": False}
        ),
        "y": field("resolution", "O", words["resolution"], sort=rows[::-1]),
    }
    # a logarithm knows no 0
    kind = "log" if min(cell["value"] for cell in cells) > 0 else "linear"
    scale = {"scheme": HEAT, "type": kind}
    figures = {name: words[name] for name in ("width", "resolution")}
    figures |= {"amount": words["cost"], "exact": words["exact"], "percent": words["of_own"]}
    boxes = marks(
        "rect",
        {
            **place,
            "color": field("value", "Q", scale=scale, legend=None),
            "description": field("about", "N"),
            "tooltip": tooltip(**figures),
        },
        data="cells",
        params=[click(PICK, "width", "resolution")],
        cursor="pointer",
    )
    own = marks(
        "rect",
        place,
        data="cells",
        transform=[only("datum.own")],
        filled=False,
        stroke=PARAMS,
        strokeWidth=4,
        aria=False,
    )
    ink = where("datum.pale", "#000000", "#ffffff")
    texts = marks(
        "text",
        {**place, "text": field("text", "N"), "color": ink},
        data="cells",
        fontSize=11,
        aria=False,
    )
    return chart(
        [boxes, own, texts], {"cells": cells}, height=max(_HEIGHT, _ROW * len(rows) + _AROUND)
    )
