"""Each operator's share of the time beside its share of the multiply-adds."""

from __future__ import annotations

import streamlit as st

from archcalc.output.charts import Picture
from archcalc.output.present.latency import awaited_table, by_op_table
from dashboard.app_pages.latency.data_awaited import awaited_picture
from dashboard.app_pages.latency.data_latency import Measured, op_picture
from dashboard.kit.chart_pictures import side_bars_chart
from dashboard.kit.html import show_blocks
from dashboard.shell.here import Here


def show(here: Here, measured: Measured | None) -> None:
    """Show the tab; before anything is measured the multiply-adds alone."""
    net = here.net.title
    if measured is None:
        if here.table.madds:
            _chart(here, awaited_picture(here.t, here.table), here.say("awaited_alt", net=net))
            show_blocks(here.t, awaited_table(here.t, here.table, here.say("awaited_ops")))
        return
    if not measured.run.layers:
        st.info(here.say("no_layers"))
        return
    table = measured.by_op
    _chart(here, op_picture(here.t, table), here.say("by_op_alt", net=net))
    show_blocks(here.t, by_op_table(here.t, table))


def _chart(here: Here, picture: Picture, alt: str) -> None:
    chart = side_bars_chart(picture, exact=here.say("figure"), series=here.say("quantity"))
    st.vega_lite_chart(chart, key="by_op", alt=alt)
