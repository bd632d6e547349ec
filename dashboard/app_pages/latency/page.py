"""Latency: what a pass takes on this machine, whole and layer by layer, beside the counts."""

from __future__ import annotations

import os

import streamlit as st

from archcalc import LatencyTable
from archcalc.models.latency import RuntimeLatency, runtime_names
from dashboard.app_pages.latency.data_awaited import plan_words
from dashboard.app_pages.latency.data_files import files_of
from dashboard.app_pages.latency.data_latency import (
    BATCHES,
    PASSES,
    SHOWN,
    Measured,
    request_of,
    run_of,
    taken_runtimes,
)
from dashboard.app_pages.latency.data_latency import FIELDS as _FIELDS
from dashboard.app_pages.latency.show_timings import show_timings
from dashboard.kit.bench import result_of, show_bench
from dashboard.kit.knobs import net_knobs
from dashboard.kit.measured import BATCH, RUNTIMES, THREADS
from dashboard.kit.widgets import choose, enter, offer, show_head, slide
from dashboard.shell.errors import literal
from dashboard.shell.fields import choice_field
from dashboard.shell.here import Here
from dashboard.shell.pages import parts

__all__ = ["FIELDS", "show"]

_TABS = parts("dashboard.app_pages.latency", "tab", ("operators", "layers", "method", "phones"))
TAB = choice_field("lat_tab", tuple(_TABS))

FIELDS = (*_FIELDS, TAB)


def show(here: Here) -> None:
    """Show the page."""
    net_knobs(here, counting=False)
    cost = here.table
    head = show_head(here, here.spec.title)
    st.caption(here.say("about", net=cost.net.title, convention=cost.convention.name))
    _knobs(here)
    request = request_of(cost.net, here.state)
    busy = show_bench(here, request)
    table = result_of(request)
    measured = None
    if table is not None:
        measured = Measured(table, _chosen_run(here, table), cost)
        found = measured
        with head:
            offer(here, lambda: files_of(found, here.t.language))
        show_timings(here, measured)
    choose(here, TAB, here.say("tab"), lambda name: here.say(f"{name}_title"))
    if measured is None and here.state[TAB] != "phones":
        words = [] if busy else [f"**{here.say('not_yet')}**"]
        st.info(" ".join([*words, literal(plan_words(here.t, request, cost))]))
    _TABS[here.state[TAB]].show(here, measured)


def _knobs(here: Here) -> None:
    state, cores = here.state, os.cpu_count() or 1
    columns = st.columns(4, gap="medium")
    with columns[0]:
        st.pills(
            here.say("runtime"),
            runtime_names(),
            selection_mode="multi",
            **state.knob(RUNTIMES, shown=list, taken=taken_runtimes),
        )
    with columns[1]:
        enter(here, THREADS, here.say("threads"), most=max(cores, state[THREADS]))
    with columns[2]:
        slide(here, BATCH, here.say("batch"), BATCHES)
    with columns[3]:
        choose(
            here,
            PASSES,
            here.say("passes"),
            lambda name: here.say(f"passes_{name}"),
            help=here.say("passes_help"),
        )


def _chosen_run(here: Here, table: LatencyTable) -> RuntimeLatency:
    names = [run.runtime for run in table.runs]
    run = run_of(table, here.state[SHOWN])
    if len(names) > 1:
        choose(here, SHOWN, here.say("shown"), str, options=names, shown=run.runtime)
    return run
