"""Channels that are cut: which rows shrink, what each stage saves, what other ratios leave."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from archcalc import CostTable
from archcalc.cost.counting.shrink import shrink
from archcalc.cost.scaling.cuts import stage_cuts, uniform_cuts
from archcalc.output.present.pruning import savings_table, stages_block
from archcalc.output.present.words import sentences
from dashboard.app_pages.pruning.chart_cuts import curves_chart, rows_chart
from dashboard.app_pages.pruning.data_pruning import CUT, of_stages, unpruned
from dashboard.app_pages.pruning.data_shrunk import COST, bars
from dashboard.app_pages.pruning.show_cuts import choose_cut, show_beginning, show_cut
from dashboard.app_pages.pruning.show_shrunk import show_rows
from dashboard.kit.html import show_blocks
from dashboard.kit.tiles import show_totals
from dashboard.kit.widgets import choose
from dashboard.shell.here import Here
from dashboard.shell.nets import table_of

_CURVES = ("madds", "params", "peak_memory_bytes")


def show_channels(here: Here) -> None:
    """Show what is cut and what that does to the costs."""
    before = table_of(unpruned(here.choice), here.state.own)
    table = shrink(before, here.table)
    choose_cut(here)
    if here.state[CUT] == "group":  # a long table: what it does to the totals stands above it
        show_totals(here, here.table, before)
        show_cut(here, before)
    else:
        show_cut(here, before)
        show_totals(here, here.table, before)
    if not before.net.graph.prunable:
        return
    if not here.choice.prune:
        show_beginning(here, before)
    rows = len(table.before.by("row").groups)
    st.subheader(here.say("rows"), anchor=False)
    counted = here.say("shrinking", rows=table.shrinking, of=rows)
    st.caption(sentences(here.t, counted, here.say("why_shrink") if table.shrinking else ""))
    _chart(here, before)
    show_rows(here, table)
    if here.choice.prune:
        st.subheader(here.say("stages"), anchor=False)
        st.caption(here.say("stages_about"))
        ratios = of_stages(here.net.graph, here.choice.prune)
        stages = shrink(before, here.table, "stage")
        show_blocks(here.t, savings_table(here.t, stages, ratios, here.say("by_stage")))
    if here.state[CUT] == "uniform":
        _curves(here, before)
    else:
        _worth(here, before)


def _chart(here: Here, before: CostTable) -> None:
    t = here.t
    choose(here, COST, here.say("cost"), here.cost)
    cost = here.state[COST]
    records, unit = bars(shrink(before, here.table), cost)
    title = here.cost(cost)
    words = here.says("before", "after", "change")
    words |= {"row": t("table.row"), "cost": unit.head(title)}
    about = here.say("rows_alt", cost=title, net=here.net.title)
    st.vega_lite_chart(rows_chart(records, words=words), alt=about, key="rows")


def _curves(here: Here, before: CostTable) -> None:
    """Show what is left by every uniform ratio, and where the page stands."""
    st.subheader(here.say("curves"), anchor=False)
    cuts = uniform_cuts(before.net, convention=before.convention, dtype=before.dtype).records()
    series = {f"{name}_percent": here.cost(name) for name in _CURVES}
    prune = here.choice.prune
    chart = curves_chart(
        [{**one, "ratio": one["prune"]} for one in cuts],
        series,
        x=here.t("dashboard.prune"),
        y=here.say("left"),
        at=prune if isinstance(prune, float) and prune else None,
    )
    st.vega_lite_chart(chart, alt=here.say("curves_alt"), key="curves")


def _worth(here: Here, before: CostTable) -> None:
    """Show what cutting half of each stage alone would save."""
    st.subheader(here.say("worth"), anchor=False)
    cuts = stage_cuts(before.net, convention=before.convention, dtype=before.dtype)
    st.caption(here.t("report_pruning.stages"))
    show_blocks(here.t, replace(stages_block(here.t, cuts), caption=here.say("worth_table")))
