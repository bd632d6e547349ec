"""How it was measured and on what, and what must be known of the figures."""

from __future__ import annotations

import streamlit as st

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.output.present.latency import machine_facts, protocol_facts
from archcalc.output.present.remarks import saying
from dashboard.app_pages.latency.data_latency import Measured
from dashboard.kit.html import show_blocks
from dashboard.shell.errors import literal
from dashboard.shell.here import Here


def show(here: Here, measured: Measured | None) -> None:
    """Show the tab."""
    if measured is None:
        return
    t = here.t
    st.markdown(t("report_latency.intro"))
    for note in measured.run.notes:
        st.markdown(f"- {literal(saying(t, note))}")
    facts = [*protocol_facts(t, measured.table), *machine_facts(t, measured.table)]
    rows = [[Cell(name, strong=True), Cell(text)] for name, text in facts]
    columns = [Column(here.say("what")), Column(here.say("is"), wide=True)]
    show_blocks(t, TableBlock(here.say("method_caption"), columns, rows))
