"""Explore: what one variant costs, where in the net, and what papers print of it."""

from __future__ import annotations

import streamlit as st

from archcalc import CostTable
from archcalc.output.present.claims import claim_table
from archcalc.output.reporting.command import count_command
from dashboard.app_pages.explore.chart_icicle import icicle as icicle_chart
from dashboard.app_pages.explore.data_drawing import DRAWING, FIELDS, drawing
from dashboard.app_pages.explore.data_icicle import QUANTITY, icicle
from dashboard.app_pages.explore.data_layers import AT, BY
from dashboard.app_pages.explore.show_layers import mark, show_layers, show_shares
from dashboard.kit.downloads import of_variant
from dashboard.kit.html import filled, show_blocks, show_linked
from dashboard.kit.knobs import baseline_knob, net_knobs
from dashboard.kit.printed import badges, printed_tables
from dashboard.kit.tiles import show_printed, show_totals
from dashboard.kit.widgets import choose, show_head
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: the totals first, whatever follows."""
    net_knobs(here)
    baseline_knob(here)
    table = here.table
    _head(here, table)
    printed = badges(here.t, table)
    show_totals(here, table, here.baseline, printed)
    others = [one for one in printed if one.quantity not in table.totals]
    show_printed(here, others, here.say("printed"))
    chart, picture = st.columns([3, 2], gap="large")
    with chart:
        choose(here, BY, here.say("by"), lambda by: here.t(f"table.{by}"))
        with st.container(key="chart"):
            show_shares(here, table)
    with picture:
        _draw(here, table)
    show_layers(here, table)
    _icicle(here, table)
    _claims(here, table)
    st.subheader(here.say("command"), anchor=False)
    _command(here, count_command(table))


def _head(here: Here, table: CostTable) -> None:
    show_head(here, here.spec.title, lambda: of_variant(table, here.state[BY], here.t.language))
    st.caption(f"{table.title} · {table.dtype}")
    pinned = here.baseline
    if pinned is not None:
        st.caption(here.t("dashboard.baseline", choice=f"{pinned.title} · {pinned.dtype}"))


def _draw(here: Here, table: CostTable) -> None:
    choose(here, DRAWING, here.say("drawing"), lambda what: here.say(f"draw_{what}"))
    state = here.state
    svg, words = drawing(table, state[BY], state[AT], state[DRAWING])
    with st.container(key="drawing"):
        st.image(svg, alt=words)


def _icicle(here: Here, table: CostTable) -> None:
    st.subheader(here.say("icicle"), anchor=False)
    choose(here, QUANTITY, here.say("icicle_of"), lambda name: here.t(f"table.{name}"))
    pieces = icicle(table, here.state[QUANTITY])
    if not pieces:
        st.caption(here.say("nothing"))
        return
    words = {name: here.t(f"table.{name}") for name in ("net", "stage", "block", "layer", "op")}
    quantity = here.t(f"table.{here.state[QUANTITY]}")
    about = here.say("icicle_alt", net=table.net.title, quantity=quantity)
    chart = icicle_chart(here.t, pieces, words={**words, "count": quantity}, about=about)
    show_linked(chart, "icicle", lambda block: mark(here.state, block, by="block"))


def _claims(here: Here, table: CostTable) -> None:
    groups = printed_tables(table)
    if groups:
        st.subheader(here.say("printed"), anchor=False)
        for group in groups:
            show_blocks(here.t, claim_table(here.t, group))


def _command(here: Here, command: str) -> None:
    words = here.say("copy")
    show_linked(filled(__file__, "command.html", here.t, command=command, copy=words), "command")
