"""Published top-1 accuracy along width, resolution or a cost, a colour for each of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.tables import Record
from archcalc.base.units import format_decimal
from archcalc.output.charts.vega import INK, Spec, categorical, chart, click, field, marks
from archcalc.output.palette import MARKS, PARAMS, ordered
from dashboard.kit.clicks import PICK

_HEIGHT = 320


def accuracy_chart(
    known: Sequence[Record],
    between: Sequence[Record],
    *,
    along: str,
    colour: str,
    at: float,
    words: Mapping[str, str],
) -> Spec:
    """Return the chart of `data_accuracy.points`, with its interpolated lines behind.

    ``along``: "width", "resolution", or "x", a cost, on a logarithmic axis. ``colour``: "width" or
    "resolution". ``at``: where the chosen variant lies. ``words``: of axes.
    """
    values = sorted({one[colour] for one in known})
    names = [format_decimal(value) for value in values]
    colours = ordered(names)
    kinds = [MARKS[index % len(MARKS)] for index in range(len(names))]
    across = {"type": "log"} if along == "x" else {"zero": False}
    x = field(along, "Q", words[along], scale={**across, "padding": 12})
    y = field("top1", "Q", words["top1"], scale={"zero": False, "padding": 12})
    legend = {"title": words[colour], "orient": "top", "columns": 6}
    legend |= {"symbolOpacity": 1, "symbolStrokeWidth": 1}
    colour_of = categorical("series", names, [colours[name] for name in names], legend=legend)
    shape = categorical("series", names, kinds, legend=legend)
    about = field("about", "N")
    rule = marks("rule", {"x": x}, data="own", color=PARAMS, strokeWidth=2, aria=False)
    lines = marks(
        "line",
        {"x": x, "y": y, "detail": field("series", "N")},
        data="between",
        stroke=INK,
        strokeWidth=1.2,
        opacity=0.4,
        aria=False,
    )
    dots = marks(
        "point",
        {
            "x": x,
            "y": y,
            "color": colour_of,
            "shape": shape,
            "tooltip": about,
            "description": about,
        },
        data="known",
        params=[click(PICK, "width", "resolution")],
        filled=True,
        # the darkest colour is hardly seen on dark paper, the brightest on light: ink is
        stroke=INK,
        strokeWidth=1,
        size=80,
        opacity=1,
        cursor="pointer",
    )
    datasets = {
        "own": [{along: at}],
        "known": _named(known, colour),
        **({"between": _named(between, colour)} if between else {}),
    }
    return chart([rule, *([lines] if between else []), dots], datasets, height=_HEIGHT)


def _named(records: Sequence[Record], colour: str) -> list[Record]:
    return [{**one, "series": format_decimal(one[colour])} for one in records]
