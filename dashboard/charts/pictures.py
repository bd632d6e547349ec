"""Pictures of `archcalc.charts` on a page: with the page's words, and its heading outside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import altair as alt

from archcalc.charts import Picture, vega


def on_page(
    picture: Picture, *, x: str | None = None, y: str | None = None, legend: str | None = None
) -> Any:
    """Return a picture's chart without its title; ``x``, ``y``, ``legend``: other words there."""
    chart = vega(
        replace(
            picture,
            title="",
            x=picture.x if x is None else x,
            y=picture.y if y is None else y,
            legend=picture.legend if legend is None else legend,
        )
    )
    # what it shows is for ``st.altair_chart(..., alt=...)``, in the page's language
    chart.description = alt.Undefined
    return chart
