"""An icicle: the net, its stages, its blocks and its layers, each as wide as what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from archcalc.drawing.palette import KINDS, stage_colour
from dashboard.charts._base import data, finished
from dashboard.views.icicle import LEVELS, Piece

OPEN = "open"
"""The name of the selection: the block that was clicked."""

_ROW = 40
_LETTER = 6.6
"""About how many pixels a letter needs."""


def icicle(pieces: Sequence[Piece], *, words: Mapping[str, str]) -> Any:
    """Return the chart of `views.icicle.icicle`. ``words``: the names of the four levels."""
    whole = pieces[0].value
    stages = 1 + max(piece.stage for piece in pieces)
    values = [
        {**p.to_dict(), "paper": _paper(p, stages), "is": words[LEVELS[p.level]]} for p in pieces
    ]
    clicked = alt.selection_point(name=OPEN, fields=["block"], empty=False)
    base = alt.Chart(data(values)).transform_calculate(
        from_=f"100 * datum.left / {whole}",
        to=f"100 * datum.right / {whole}",
        about="datum.is + ' ' + datum.key + ': ' + datum.count + ', ' + datum.percent",
    )
    x = alt.X(
        "from_:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(labelExpr="datum.label + '%'", grid=False),
    )
    names = [words[name] for name in LEVELS]
    y = alt.Y(
        "is:N",
        title=None,
        sort=names,
        scale=alt.Scale(padding=0),
        axis=alt.Axis(grid=False, ticks=False, domain=False),
    )
    boxes = (
        base.mark_rect(stroke="#ffffff", strokeWidth=0.8, cursor="pointer")
        .encode(
            x=x,
            x2="to:Q",
            y=y,
            color=alt.Color("paper:N", scale=None),
            description="about:N",
            tooltip=[
                alt.Tooltip("is:N", title=" "),
                alt.Tooltip("key:N", title="id"),
                alt.Tooltip("label:N", title=words["op"]),
                alt.Tooltip("count:N", title=words["count"]),
                alt.Tooltip("percent:N", title="%"),
            ],
        )
        .add_params(clicked)
    )
    texts = (
        base.transform_calculate(centre="(datum.from_ + datum.to) / 2")
        .transform_filter(
            f"(datum.to - datum.from_) * width / 100 > {_LETTER} * length(datum.label)"
        )
        .mark_text(color="#1a1a1a", fontSize=11, aria=False)
        .encode(x="centre:Q", y=y, text="label:N", tooltip=alt.value(None))
    )
    return finished(boxes + texts, height=_ROW * len(LEVELS))


def _paper(piece: Piece, stages: int) -> str:
    if piece.level == 0:
        return KINDS["input"][0]
    return KINDS[piece.kind][0] if piece.kind else stage_colour(piece.stage, stages)
