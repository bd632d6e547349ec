"""The times that papers print of this very net: another machine's."""

from __future__ import annotations

import streamlit as st

from archcalc.reporting.latency_tables import phones_table
from dashboard._blocks import show_table
from dashboard._here import Here
from dashboard.views.latency import Measured


def show(here: Here, measured: Measured | None) -> None:
    """Show the tab, which needs no measurement."""
    del measured
    table = phones_table(here.t, here.net)
    if table is None:
        st.info(here.say("no_phones"))
        return
    st.markdown(here.t("report_latency.other_machine"))
    show_table(here.t, table)
