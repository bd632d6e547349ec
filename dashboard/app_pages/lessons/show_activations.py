"""Activations: curves, what they keep, and where a net has them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from archcalc.base.units import format_decimal
from archcalc.output.present.lessons import (
    activations_table,
    gaps_table,
    placement_table,
    times_table,
)
from archcalc.studies.lessons import FUNCTIONS
from dashboard.app_pages.lessons.data_activations import (
    ACTIVATIONS,
    BETA,
    BETAS,
    FIELDS,
    SHOWN,
    picture,
    request_of,
    size_words,
    table_of,
)
from dashboard.kit.bench import result_of, show_bench
from dashboard.kit.chart_pictures import functions_chart
from dashboard.kit.downloads import Download, of_table
from dashboard.kit.html import show_blocks
from dashboard.kit.knobs import net_knobs
from dashboard.kit.widgets import choose, slide
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]


def show(here: Here) -> Sequence[Download]:
    """Show the lesson, and return its files."""
    net_knobs(here, counting=False)
    _knobs(here)
    kinds, beta, t = here.state[ACTIVATIONS], here.state[BETA], here.t
    if not kinds:
        st.info(here.say("act_none"))
        return ()
    table = table_of(kinds, beta)
    shown = here.state[SHOWN]
    chart = functions_chart(picture(table, shown), legend=t("lessons.function"))
    names = ", ".join(FUNCTIONS[kind].label for kind in kinds)
    st.vega_lite_chart(
        chart,
        key="curves",
        alt=here.say("act_alt", what=here.say(f"act_{shown}"), names=names),
    )
    show_blocks(t, activations_table(t, table, here.say("act_facts"), sources=True))
    st.caption(here.say("act_constant_is"))
    st.subheader(here.say("act_hard_and_soft"), anchor=False)
    show_blocks(t, gaps_table(t, here.say("act_gaps"), beta=beta))
    st.subheader(here.say("act_cost"), anchor=False)
    st.markdown(here.say("act_no_madds"))
    show_blocks(t, placement_table(t, here.table))
    return [*of_table(table, f"activations beta {format_decimal(beta)}"), *_times(here)]


def _times(here: Here) -> Sequence[Download]:
    """Show what each takes on this machine, once it was measured, and return its files."""
    request = request_of(here.table)
    if request is None:
        return ()
    st.subheader(here.say("act_time"), anchor=False)
    words = here.say("act_time_is", net=here.net.title, size=size_words(request))
    st.markdown(words)
    show_bench(here, request)
    found = result_of(request)
    if found is None:
        return ()
    show_blocks(here.t, times_table(here.t, found))
    st.caption(here.say("act_time_fused"))
    return of_table(found, f"{found.title} time", "dashboard_lessons.act_file_times")


def _knobs(here: Here) -> None:
    st.pills(
        here.say("act"),
        list(FUNCTIONS),
        format_func=lambda kind: FUNCTIONS[kind].label,
        selection_mode="multi",
        **here.state.knob(ACTIVATIONS, shown=list, taken=_in_order),
    )
    left, right = st.columns(2, gap="medium")
    with left:
        slide(here, BETA, here.say("act_beta"), BETAS)
    with right:
        choose(here, SHOWN, here.say("act_of"), lambda name: here.say(f"act_{name}"))


def _in_order(kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(kind for kind in FUNCTIONS if kind in kinds)
