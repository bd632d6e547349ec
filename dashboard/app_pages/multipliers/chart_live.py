"""The live chart: two knobs in the browser, the cost that follows them, and what makes it up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archcalc.output.charts.vega import (
    INK,
    Spec,
    calculate,
    chart,
    click,
    field,
    group,
    marks,
    only,
)
from archcalc.output.palette import GREY, MADDS, PARAMS, ink_on, of_parts
from dashboard.app_pages.multipliers.data_live import Live
from dashboard.kit.clicks import PICK

_LINES = ((18, "bold", 2), (14, "normal", 28), (14, "normal", 48))
"""Letters of the readout: size, weight, pixels from the top."""

_FIGURES = (("madds", "params"), ("weight_bytes", "peak_memory_bytes"))

_CURVES, _BARS = (320, 84), (438, 384)
"""From where to where the two pictures reach, in pixels from the top: the readout is above."""

_HEIGHT = _BARS[0]
_LETTER = 6.4
"""About how many pixels a letter of a bar needs."""


@dataclass(frozen=True)
class Knobs:
    """Where the chart begins, and what lies along its axis: "width" or "side"."""

    along: str
    width: float
    side: int

    @property
    def other(self) -> str:
        """What each line is of."""
        return "side" if self.along == "width" else "width"


def live_chart(
    rows: Live, knobs: Knobs, *, words: Mapping[str, str], lines: Sequence[float], by: str
) -> Spec:
    """Return the chart. ``lines``: values of what is not along, each with a line behind.

    ``words``: what "width", "side", "cost", "madds", "params", "alpha", "rho" and the parts are
    called. ``by``: what the parts are, "stage" or "op".
    """
    params = [
        _knob("alpha", words["alpha"], rows.widths, knobs.width),
        _knob("rho", words["rho"], rows.sides, knobs.side),
    ]
    layers = [_curves(knobs, words, lines), _parts(rows, words, by)]
    return chart(
        layers,
        {"plane": rows.rows},
        height=_HEIGHT,
        params=params,
        resolve={"scale": {"x": "independent", "y": "independent"}},
        # the ranges above are in pixels: a height that is made to fit would not be theirs
        autosize={"type": "fit-x", "contains": "padding"},
    )


def _knob(name: str, label: str, values: Sequence[float], start: float) -> Spec:
    """Return a slider over evenly spaced values; where there is one alone, only its value."""
    stops = sorted(set(values))
    steps = [round(b - a, 6) for a, b in pairwise(stops)]
    if not steps:
        return {"name": name, "value": start}
    step = max(steps, key=steps.count)
    bind = {"input": "range", "min": stops[0], "max": stops[-1], "step": step, "name": f"{label} "}
    return {"name": name, "value": start, "bind": bind}


_AT = {"width": "abs(datum.width - alpha) < 0.00005", "side": "datum.side == rho"}
_HERE = only(" && ".join(_AT.values()))


def _curves(knobs: Knobs, words: Mapping[str, str], lines: Sequence[float]) -> Spec:
    along, other = knobs.along, knobs.other
    axis = {"offset": _CURVES[0] - _HEIGHT, "grid": False, "orient": "bottom"}
    across = {"zero": False, "nice": False, "padding": 8}
    place = {
        "x": field(along, "Q", words[along], scale=across, axis=axis),
        "y": field(
            "y",
            "Q",
            words["cost"],
            scale={"range": list(_CURVES), "nice": False},
            axis={"orient": "left", "grid": False, "tickCount": 5},
        ),
    }
    behind = marks(
        "line",
        {**place, "detail": field(other, "N")},
        transform=[only(f"indexof({json.dumps(list(lines))}, datum.{other}) >= 0")],
        color=GREY,
        opacity=0.45,
        strokeWidth=1,
        aria=False,
    )
    line = marks(
        "line", place, transform=[only(_AT[other])], color=MADDS, strokeWidth=2.5, aria=False
    )
    about = field("about", "N")
    readout = _readout(words)
    dot = marks(
        "point",
        {**place, "description": about, "tooltip": about},
        transform=[_HERE, *calculate(about=" + ', ' + ".join(readout))],
        params=[click(PICK, "width", "side")],
        filled=True,
        size=170,
        color=PARAMS,
        stroke="white",
        opacity=1,
        cursor="pointer",
    )
    rule = marks(
        "rule",
        {**place, "y2": {"datum": 0}},
        transform=[_HERE],
        color=GREY,
        strokeDash=[3, 3],
        aria=False,
    )
    texts = [
        marks(
            "text",
            {"x": {"value": 4}, "y": {"value": top}, "text": field("text", "N")},
            transform=[_HERE, *calculate(text=text)],
            align="left",
            baseline="top",
            fontSize=size,
            fontWeight=weight,
            color=INK,
        )
        for text, (size, weight, top) in zip(readout, _LINES, strict=True)
    ]
    return group([behind, rule, line, dot, *texts], data="plane")


def _readout(words: Mapping[str, str]) -> list[str]:
    """Return expressions of what the dot is: its variant, its counts, its bytes."""
    which = "'α ' + datum.width + ' · ' + datum.resolution + ' px'"
    return [which, *(" + ' · ' + ".join(_named(name, words) for name in row) for row in _FIGURES)]


def _named(name: str, words: Mapping[str, str]) -> str:
    return f"datum.{name} + {json.dumps(' ' + words[name])}"


def _parts(rows: Live, words: Mapping[str, str], by: str) -> Spec:
    """Return the shares of the parts at the dot, of MAdds and of params, each a bar."""
    quantities = [words["madds"], words["params"]]
    place = {
        "x": field(
            "left",
            "Q",
            scale={"domain": [0, 1]},
            axis={"format": "%", "orient": "bottom", "grid": False, "tickCount": 5},
        ),
        "y": field(
            "quantity",
            "N",
            sort=quantities,
            scale={"domain": quantities, "range": list(_BARS[::-1]), "padding": 0.12},
            axis={"orient": "left", "ticks": False, "domain": False, "labelLimit": 90},
        ),
    }
    about = field("about", "N")
    bars = marks(
        "bar",
        {
            **place,
            "x2": {"field": "right"},
            "color": field("paper", "N", scale=None),
            "description": about,
            "tooltip": about,
        },
        stroke="white",
        strokeWidth=0.6,
    )
    room = f"(datum.right - datum.left) * width > {_LETTER} * length(datum.part) + 4"
    texts = marks(
        "text",
        {
            "x": {**place["x"], "field": "centre"},
            "y": place["y"],
            "text": field("part", "N"),
            "color": field("ink", "N", scale=None),
            "tooltip": {"value": None},
        },
        transform=[only(room)],
        fontSize=11,
        baseline="middle",
        aria=False,
    )
    return group([bars, texts], data="plane", transform=_shares(rows, words, by))


def _shares(rows: Live, words: Mapping[str, str], by: str) -> list[Spec]:
    """Return transforms that take a variant's counts apart and lay them end to end."""
    colours = list(of_parts(rows.parts, by).values())
    both = ["madds_parts", "params_parts"]
    names = [words[part] for part in rows.parts]
    # each list of part names, colours and inks is looked up by the number of the part
    by_number = {"part": names, "paper": colours, "ink": [ink_on(colour) for colour in colours]}
    madds, params = (json.dumps(words[name]) for name in ("madds", "params"))
    return [
        _HERE,
        *calculate(**{name: f"split(datum.{name}, ' ')" for name in both}),
        {"flatten": both},
        {"window": [{"op": "row_number", "as": "n"}]},
        *calculate(**{k: f"{json.dumps(v)}[datum.n - 1]" for k, v in by_number.items()}),
        {"fold": both, "as": ["which", "value"]},
        *calculate(
            value="toNumber(datum.value)",
            quantity=f"datum.which == 'madds_parts' ? {madds} : {params}",
        ),
        {
            "stack": "value",
            "as": ["left", "right"],
            "groupby": ["quantity"],
            "sort": [{"field": "n"}],
            "offset": "normalize",
        },
        only("datum.value > 0"),
        *calculate(
            centre="(datum.left + datum.right) / 2",
            about="datum.quantity + ', ' + datum.part + ': ' + format(datum.value, ',')"
            " + ', ' + format(datum.right - datum.left, '.1%')",
        ),
    ]
