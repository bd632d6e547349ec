"""The times that papers print of this very net: another machine's."""

from __future__ import annotations

import streamlit as st

from archcalc.output.present.latency import phones_table
from dashboard.app_pages.latency.data_latency import Measured
from dashboard.kit.html import show_blocks
from dashboard.shell.here import Here


def show(here: Here, measured: Measured | None) -> None:
    """Show the tab, which needs no measurement."""
    del measured
    table = phones_table(here.t, here.net)
    if table is None:
        st.info(here.say("no_phones"))
        return
    st.markdown(here.t("report_latency.other_machine"))
    show_blocks(here.t, table)
