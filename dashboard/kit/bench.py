"""The one place where this server measures, its button, its progress; results of all sessions."""

from __future__ import annotations

from collections import deque
from typing import Any

import streamlit as st

from archcalc import ArchcalcError
from archcalc.models.latency.apart import Bench, Measurement
from archcalc.models.latency.request import Made, Measurable, Request
from dashboard.kit.measured import TimedHere, step_words
from dashboard.shell.errors import literal
from dashboard.shell.here import Here

BENCH = Bench()
"""One for the whole server: who measures beside another measures the other too."""

_MINE = "measurement"
_EVERY = 1.0
"""Seconds between looks at a measurement: each look takes some of the machine."""
_DONE: deque[Measurement[Any]] = deque(maxlen=128)


def result_of(request: Measurable[Made]) -> Made | None:
    """Return the last table that was measured here for a request, by whichever session."""
    for done in reversed(tuple(_DONE)):
        if done.table is not None and _is_same(done.request, request):
            table: Made = done.table
            return table
    return None


def timed_here() -> TimedHere:
    """Return all that was measured here, by whichever session."""
    return TimedHere.of(
        (one.request, one.table)
        for one in tuple(_DONE)
        if one.table is not None and isinstance(one.request, Request)
    )


def show_bench(here: Here, request: Measurable[Any]) -> bool:
    """Show the button that measures; while something is measured, how far it is.

    Returns whether something is.
    """
    running = BENCH.running
    if running is not None:
        st.fragment(_progress, run_every=_EVERY)(here, running)
        return True
    mine: Measurement[Any] | None = st.session_state.get(_MINE)
    known = result_of(request) is not None
    st.button(
        _said(here, "again" if known else "measure"),
        key="measure",
        type="secondary" if known else "primary",
        on_click=_start,
        args=(request,),
    )
    if mine is not None and _is_same(mine.request, request):
        if mine.cancelled:
            st.info(_said(here, "cancelled"))
        elif mine.error:
            with st.container(key="measuring_failed"):
                st.error(f"{_said(here, 'failed')}\n\n{literal(mine.error)}")
    return False


def _progress(here: Here, running: Measurement[Any]) -> None:
    if not running.is_running:
        st.rerun()
    is_mine = st.session_state.get(_MINE) is running
    words = step_words(here.t, running.begun)
    with st.container(key="measuring"):
        st.progress(running.share_done, text=literal(f"{running.request.title} · {words}"))
        if is_mine:
            st.button(_said(here, "cancel"), key="cancel", on_click=running.cancel)
        else:
            st.caption(_said(here, "taken"))


def _start(request: Measurable[Any]) -> None:
    try:
        started = BENCH.start(request)
    except ArchcalcError:
        return  # another session was faster: the page shows what it measures
    st.session_state[_MINE] = started
    _DONE.append(started)


def _is_same(one: Measurable[Any], other: Measurable[Any]) -> bool:
    # titles first: nets are long to compare
    return one.title == other.title and one == other


def _said(here: Here, key: str) -> str:
    """Return a message of Latency: other pages measure too."""
    return here.t(f"dashboard_latency.{key}")
