"""Stacked shares of a net's parts along a multiplier: what each makes of MAdds or parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.tables import Record
from archcalc.output.charts.vega import Spec, categorical, chart, field, marks, tooltip
from archcalc.output.palette import PARAMS, of_parts

_HEIGHT = 300


def contributions_chart(
    records: Sequence[Record], *, by: str, at: float, words: Mapping[str, str]
) -> Spec:
    """Return the chart of `data_contributions.contributions` for one quantity.

    ``at``: the chosen place.

    ``words``: "x", "share", "count", "part", and the names of the parts.
    """
    parts = list(dict.fromkeys(record["part"] for record in records))
    colours = of_parts(parts, by)
    names = [words[part] for part in parts]
    rows = [{**one, "name": words[one["part"]]} for one in records]
    how = {
        "y": field("share", "Q", words["share"], stack="zero", scale={"domain": [0, 100]}),
        "color": categorical(
            "name",
            names,
            [colours[part] for part in parts],
            legend={"title": None, "orient": "bottom", "columns": 4},
        ),
        "order": field("rank", "Q"),
    }
    figures = tooltip(name=words["part"], x=words["x"], percent="%", exact=words["count"])
    if len({record["x"] for record in records}) < 2:  # one place has no area
        x = field("x", "O", words["x"])
        bars = marks("bar", {"x": x, **how, "tooltip": figures}, data="rows", size=90)
        return chart([bars], {"rows": rows}, height=_HEIGHT)
    x = field("x", "Q", words["x"], scale={"zero": False, "nice": False})
    return chart(
        [
            marks(
                "area", {"x": x, **how}, data="rows", stroke="white", strokeWidth=0.6, aria=False
            ),
            # an area is one mark: bars that are not seen tell what each place of it is
            marks("bar", {"x": x, **how, "tooltip": figures}, data="rows", opacity=0, size=14),
            marks("rule", {"x": x}, data="own", color=PARAMS, strokeWidth=2, aria=False),
        ],
        {"rows": rows, "own": [{"x": at}]},
        height=_HEIGHT,
    )
