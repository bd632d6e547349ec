"""Published accuracy against cost: every variant a point, the compared ones with their letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.tables import Record
from archcalc.output.charts.vega import (
    Spec,
    calculate,
    categorical,
    chart,
    click,
    field,
    group,
    marks,
    only,
)
from archcalc.output.palette import GREY, MARKS, categories
from dashboard.kit.clicks import PICK

_HEIGHT = 380


def scatter_chart(
    records: Sequence[Record], *, letters: Sequence[str], words: Mapping[str, str]
) -> Spec:
    """Return the chart of `data_compare.points`. ``letters``: of the variants that are compared.

    ``words``: what "cost", "top1", "variant", "source" and "count" are called.
    """
    place = {
        "x": field(
            "x",
            "Q",
            words["cost"],
            scale={"type": "log", "nice": False, "padding": 14},
            axis={"format": "~g", "tickCount": 8},
        ),
        "y": field("top1", "Q", words["top1"], scale={"zero": False, "padding": 12}),
    }
    labelled = {
        **place,
        "description": field("about", "N"),
        "tooltip": [
            field("name", "N", words["variant"]),
            field("top1", "Q", words["top1"], format="~g"),
            field("exact", "N", words["count"]),
            field("source", "N", words["source"]),
        ],
    }
    front = marks(
        "line",
        place,
        transform=[only("datum.front")],
        interpolate="step-after",
        color=GREY,
        strokeWidth=1.2,
        aria=False,
    )
    rest = marks(
        "point",
        labelled,
        transform=[only("datum.letter == ''")],
        params=[click(PICK, "choice")],
        filled=True,
        size=46,
        color=GREY,
        opacity=0.75,
        cursor="pointer",
    )
    colours = categories(letters)
    colour = categorical("letter", letters, [colours[one] for one in letters], legend=None)
    shape = categorical("letter", letters, MARKS[: len(letters)], legend=None)
    compared = [only("datum.letter != ''")]
    named = marks(
        "point",
        {**labelled, "color": colour, "shape": shape},
        transform=compared,
        filled=True,
        size=130,
        opacity=1,
    )
    texts = marks(
        "text",
        {**place, "text": field("letter", "N"), "color": colour},
        transform=compared,
        dx=13,
        fontSize=14,
        fontWeight=700,
        aria=False,
    )
    about = "datum.name + ': ' + format(datum.top1, '~g') + '%, ' + datum.amount"
    layers = group([front, rest, named, texts], data="points", transform=calculate(about=about))
    return chart([layers], {"points": records}, height=_HEIGHT)
