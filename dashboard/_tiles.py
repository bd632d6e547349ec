"""The totals as tiles: the figure, every digit of it, and the difference to the baseline."""

from __future__ import annotations

from html import escape

import streamlit as st

from archcalc import CostTable
from dashboard._here import Here
from dashboard.views.totals import Total, totals


def show_totals(here: Here, table: CostTable, baseline: CostTable | None = None) -> None:
    """Show the totals of a table, against a baseline where there is one."""
    tiles = "".join(_tile(here, total) for total in totals(table, baseline))
    st.html(f'<dl class="tiles">{tiles}</dl>')


def _tile(here: Here, total: Total) -> str:
    label = here.t(f"report.{total.name}")
    change = ""
    if total.delta is not None:
        way = "less" if total.delta < 0 else "more" if total.delta else "same"
        change = f'<dd class="change {way}">{escape(total.change)}</dd>'
    return (
        f'<div class="tile" data-total="{total.name}" data-value="{total.value}">'
        f"<dt>{escape(label)}</dt><dd class='figure'>{escape(total.short)}</dd>"
        f"<dd class='exact'>{escape(total.exact)}</dd>{change}</div>"
    )
