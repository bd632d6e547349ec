"""Pruning: what cutting channels saves, when that is a width multiplier, and single weights."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from archcalc.cost.shrink import shrink
from archcalc.scaling import uniform_cuts
from dashboard._cuts import choose_cut
from dashboard._downloads import offer
from dashboard._here import Here
from dashboard._knobs import net_knobs
from dashboard._magnitude import show_weights
from dashboard._theorem import show_theorem
from dashboard._tiles import show_totals
from dashboard.charts.cuts import curves, rows
from dashboard.views.downloads import of_table
from dashboard.views.nets import table_of
from dashboard.views.pruning import FIELDS, TAB, TABS, unpruned

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: one tab at a time, which the address names."""
    net_knobs(here)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(here.say("title"), anchor=False)
        before = table_of(unpruned(here.choice), here.state.own)
        table = shrink(before, here.table)
        offer(here, lambda: of_table(table, table.title))
    st.segmented_control(
        here.say("tab"),
        TABS,
        format_func=lambda one: here.say(f"tab_{one}"),
        required=True,
        **here.state.knob(TAB),
    )
    shown: dict[str, Callable[[Here], None]] = {
        "channels": _channels, "width": show_theorem, "weights": show_weights,
    }  # fmt: skip
    shown[here.state[TAB]](here)


def _channels(here: Here) -> None:
    before = table_of(unpruned(here.choice), here.state.own)
    choose_cut(here, before)
    table = shrink(before, here.table)
    show_totals(here, here.table, before)
    records = table.records()
    st.caption(here.say("shrinking", rows=table.shrinking, of=len(records)))
    chart = rows(records, "madds", title=here.t("report.madds"))
    st.altair_chart(chart, alt=here.say("rows_alt", net=here.net.title))
    heads = {"key": here.t("report.row")}
    for name, words in (("channels", "report_pruning.channels"), ("madds", "report.madds"),
                        ("params", "report.params")):  # fmt: skip
        for when in ("before", "after", "left"):
            heads[f"{name}_{when}"] = f"{here.t(words)}, {here.say(when)}"
    frame = [
        {head: record[name] for name, head in heads.items() if name in record} for record in records
    ]
    number = st.column_config.NumberColumn(format="localized")
    config = {head: number for name, head in heads.items() if name != "key"}
    about = here.say("table_alt", net=here.net.title)
    st.dataframe(frame, hide_index=True, column_config=config, alt=about)
    cuts = uniform_cuts(before.net, before.convention.name, dtype=before.dtype).records()
    names = [here.t(f"report.{name}") for name in ("madds", "params", "peak_memory_bytes")]
    shares = ["madds_percent", "params_percent", "peak_memory_bytes_percent"]
    lines = curves(cuts, shares, names, x=here.t("dashboard.prune"), y=here.say("left"))
    st.altair_chart(lines, alt=here.say("curves_alt"))
