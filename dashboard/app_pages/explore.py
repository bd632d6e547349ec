"""Explore: what one variant costs, and where."""

from __future__ import annotations

import streamlit as st

from dashboard._downloads import offer
from dashboard._here import Here
from dashboard._knobs import baseline_knob, net_knobs
from dashboard._tiles import show_totals
from dashboard.views.downloads import of_table
from dashboard.views.explore import BY, FIELDS, GROUPINGS, groups

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page."""
    net_knobs(here)
    baseline_knob(here)
    table = here.table
    st.title(here.spec.title)
    show_totals(here, table, here.baseline)
    st.segmented_control(
        here.say("by"),
        GROUPINGS,
        required=True,
        **here.state.knob(BY),
    )
    offer(here, of_table(table.by(here.state[BY]), f"{table.net.title} by {here.state[BY]}"))
    st.dataframe(groups(table, here.state[BY]), alt=here.say("table_alt"))
