"""The totals as tiles: the figure, every digit, what papers print of it, the distance."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from archcalc import CostTable
from archcalc.base.messages import Messages
from dashboard.kit.blocks import badge
from dashboard.kit.printed import Badge
from dashboard.kit.totals import Total, totals
from dashboard.shell.here import Here


def show_totals(
    here: Here,
    table: CostTable,
    baseline: CostTable | None = None,
    badges: Sequence[Badge] = (),
) -> None:
    """Show the totals of a table, against a baseline where there is one.

    ``badges``: the printed figures, each shown on the tile of its quantity.
    """
    tiles = "".join(
        _tile(here.t, total, [one for one in badges if one.quantity == total.name])
        for total in totals(table, baseline)
    )
    st.html(f'<dl class="tiles">{tiles}</dl>')


def show_printed(here: Here, badges: Sequence[Badge]) -> None:
    """Show the printed figures that no tile has: accuracies, and the authors' times."""
    chips = "".join(
        f"<li>{escape(one.text)} <small>{escape(one.place)}</small></li>" for one in badges
    )
    if chips:
        st.html(f'<ul class="chips" aria-label="{escape(here.say("printed"))}">{chips}</ul>')


def _tile(t: Messages, total: Total, badges: Sequence[Badge]) -> str:
    change = ""
    if total.delta is not None:
        way = "less" if total.delta < 0 else "more" if total.delta else "same"
        sign = {"less": "▼", "more": "▲", "same": "="}[way]
        words = escape(t(f"dashboard.{way}"))
        change = (
            f'<dd class="change {way}"><span aria-hidden="true">{sign}</span> '
            f'<span class="sr">{words}</span> {escape(total.change)}</dd>'
        )
    printed = "".join(
        f'<dd class="printed-figure" title="{escape(one.remark)}">'
        f"{badge(t, one.verdict, one.text)} <small>{escape(one.place)}</small></dd>"
        for one in badges
    )
    return (
        f'<div class="tile" data-total="{total.name}" data-value="{total.value}">'
        f"<dt>{escape(t(f'dashboard.tile_{total.name}'))}</dt>"
        f"<dd class='figure'>{escape(total.short)}</dd>"
        f"<dd class='exact'>{escape(total.exact)}</dd>{change}{printed}</div>"
    )
