"""Points of a spiral, coloured along it; those that nothing can restore are hollow."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.tables import Record
from archcalc.output.charts.vega import Spec, chart, field, marks, where
from archcalc.output.palette import GREY, HEAT

_SIDE = 134


def spiral_chart(points: Sequence[Record], *, reach: float) -> Spec:
    """Return one panel, from −reach to reach both ways."""
    scale = {"domain": [-reach, reach], "nice": False}
    colour = field("t", "Q", scale={"scheme": HEAT, "domain": [0, 1.15]}, legend=None)
    how = {
        "x": field("x", "Q", scale=scale, axis=None),
        "y": field("y", "Q", scale=scale, axis=None),
        "stroke": colour,
        "fill": colour,
        "fillOpacity": where("datum.lost", 0, 1),
        "tooltip": [field(name, "Q", name, format=".3f") for name in ("x", "y")],
    }
    dots = marks("point", how, data="points", size=12, strokeWidth=1, aria=False)
    return chart(
        [dots],
        {"points": points},
        height=_SIDE,
        width=_SIDE,
        padding=0,
        view={"stroke": GREY},
    )
