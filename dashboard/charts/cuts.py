"""Pruning as charts: rows before and after, what is left by ratio, where weights lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from archcalc.charts.palette import CATEGORIES
from archcalc.tables import Record
from dashboard.charts._base import data, finished

MADDS, PARAMS, THIRD = CATEGORIES[:3]
_CUT = "#8a8a8a"


def rows(records: Sequence[Record], quantity: str, *, title: str) -> Any:
    """Return what each row costs before (pale) and after a cut."""
    keys = [record["key"] for record in records]
    base = alt.Chart(data(records)).encode(x=alt.X("key:N", sort=keys, title=None))
    before = base.mark_bar(color=_CUT, opacity=0.45).encode(
        y=alt.Y(f"{quantity}_before:Q", title=title)
    )
    after = base.mark_bar(color=MADDS, size=9).encode(y=f"{quantity}_after:Q")
    return finished(before + after, height=320)


def curves(records: Sequence[Record], columns: Sequence[str], names: Sequence[str], *,
           x: str, y: str, at: float | None = None) -> Any:  # fmt: skip
    """Return columns against ``ratio`` as lines, with a mark where the page stands."""
    values = [
        {"ratio": record[column_x], "y": record[column], "series": name}
        for column, name in zip(columns, names, strict=True)
        for record in records
        for column_x in ("ratio" if "ratio" in record else "prune",)
    ]
    scale = alt.Scale(domain=list(names), range=[MADDS, PARAMS, THIRD][: len(names)])
    lines = (
        alt.Chart(data(values))
        .mark_line(point=True)
        .encode(
            x=alt.X("ratio:Q", title=x),
            y=alt.Y("y:Q", title=y),
            color=alt.Color("series:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
            strokeDash=alt.StrokeDash("series:N", sort=list(names), legend=None),
        )
    )
    if at is None:
        return finished(lines, height=300)
    rule = alt.Chart(data([{"ratio": at}])).mark_rule(color=_CUT, strokeDash=[5, 4])
    return finished(rule.encode(x="ratio:Q") + lines, height=300)


def weights(bins: Sequence[Record], *, words: tuple[str, str], x: str, y: str) -> Any:
    """Return the histogram of weights, what is kept on what is cut; ``words``: kept, cut."""
    values = [
        {"low": one["low"], "high": one["high"], "count": one[name], "series": word}
        for one in bins
        for name, word in zip(("kept", "cut"), words, strict=True)
    ]
    scale = alt.Scale(domain=list(words), range=[MADDS, _CUT])
    chart = (
        alt.Chart(data(values))
        .mark_bar()
        .encode(
            x=alt.X("low:Q", title=x, bin="binned"),
            x2="high:Q",
            y=alt.Y("count:Q", title=y, stack="zero"),
            color=alt.Color("series:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
        )
    )
    return finished(chart, height=280)
