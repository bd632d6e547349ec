"""Each operator's share of the time beside its share of the multiply-adds."""

from __future__ import annotations

import streamlit as st

from archcalc.reporting.latency_tables import by_op_table
from dashboard._blocks import show_table
from dashboard._here import Here
from dashboard.charts.pictures import side_bars_chart
from dashboard.views.latency import Measured, op_picture


def show(here: Here, measured: Measured | None) -> None:
    """Show the tab."""
    if measured is None:
        return
    if not measured.run.layers:
        st.info(here.say("no_layers"))
        return
    table = measured.by_op
    st.vega_lite_chart(
        side_bars_chart(
            op_picture(here.t, table), exact=here.say("figure"), series=here.say("quantity")
        ),
        key="by_op",
        alt=here.say("by_op_alt", net=measured.cost.net.title),
    )
    show_table(here.t, by_op_table(here.t, table))
