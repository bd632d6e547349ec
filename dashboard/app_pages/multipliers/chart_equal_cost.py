"""Curves of equal cost over width and resolution, with the published accuracies among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archcalc.base.tables import Record
from archcalc.output.charts.vega import INK, Spec, chart, click, field, group, marks, only, where
from archcalc.output.palette import HEAT, MADDS, PARAMS
from dashboard.kit.clicks import PICK

_HEIGHT = 440


def equal_cost_chart(
    curves: Sequence[Record], known: Sequence[Record], own: Record, *, words: Mapping[str, str]
) -> Spec:
    """Return the chart of `data_equal_cost.curves` and `data_accuracy.points`.

    ``own``: "width" and "side" of the variant whose cost the curves are multiples of. ``words``:
    "width", "side", "top1".
    """
    place = {
        "x": field(
            "width", "Q", words["width"], scale={"zero": False, "nice": False, "padding": 12}
        ),
        "y": field("side", "Q", words["side"], scale={"zero": False, "nice": False, "padding": 14}),
    }
    published = [{**one, "side": one["resolution"]} for one in known]
    bare = [{"top1": None, "label": ""} | _of(one, "width", "side", "about") for one in curves]
    places = bare + [_of(one, "width", "side", "about", "top1", "label") for one in published]
    ring = marks(
        "point", place, data="own", size=420, color=PARAMS, strokeWidth=3, opacity=1, aria=False
    )
    return chart(
        [_curves(place), _places(place, words), ring],
        {"curves": curves, "places": places, "own": [own]},
        height=_HEIGHT,
    )


def _of(record: Record, *names: str) -> Record:
    return {name: record[name] for name in names}


def _curves(place: Mapping[str, Any]) -> Spec:
    thick = where("datum.level == 1", 3, 1.2)
    how = {"detail": field("level", "N"), "order": field("side", "Q"), "strokeWidth": thick}
    names = marks(
        "text",
        {**place, "text": field("name", "N")},
        transform=[only("datum.named")],
        baseline="bottom",
        dy=-4,
        color=INK,
        fontSize=12,
        aria=False,
    )
    lines = marks("line", {**place, **how}, color=MADDS, aria=False)
    return group([lines, names], data="curves")


def _places(place: Mapping[str, Any], words: Mapping[str, str]) -> Spec:
    """Return what can be clicked: published variants, and the places of curves, which no one sees.

    One layer, since a selection is of one.
    """
    legend = {"title": words["top1"], "orient": "top", "gradientLength": 160, "tickCount": 4}
    about = field("about", "N")
    dots = marks(
        "point",
        {
            **place,
            "color": field("top1", "Q", scale={"scheme": HEAT, "zero": False}, legend=legend),
            "opacity": where("isValid(datum.top1)", 1, 0),
            "tooltip": about,
            "description": about,
        },
        params=[click(PICK, "width", "side")],
        filled=True,
        size=110,
        stroke="white",
        cursor="pointer",
        invalid=None,
    )
    label = {**place, "text": field("label", "N")}
    texts = marks("text", label, dy=-13, fontSize=11, color=INK, aria=False)
    return group([dots, texts], data="places")
