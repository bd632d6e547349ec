"""The limits of a budget: a slider for each cost, and one for whose times are asked for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from archcalc.base.units import format_exact
from archcalc.output.present.words import quantity_words
from archcalc.studies.budgets.budget import COLUMN_OF, limit_text
from dashboard.app_pages.budget.data_budget import LIMIT, LIMITS, PHONE, stops
from dashboard.app_pages.budget.data_fitting import Fitting, limits_of
from dashboard.kit.bench import timed_here
from dashboard.kit.measured import BATCH, RUNTIMES, THREADS, Way, read_way
from dashboard.kit.widgets import choose
from dashboard.shell.choice import Choice
from dashboard.shell.here import Here
from dashboard.shell.nets import net_of

_NO_LIMIT = 0


def show_limits(here: Here, found: Fitting) -> None:
    """Show a slider for each limit, and what sets them all."""
    columns = st.columns(len(LIMITS), gap="medium")
    for name, column in zip(LIMITS, columns, strict=True):
        with column:
            costs = found.every.choices.costs[COLUMN_OF[name]].tolist()
            _slider(here, name, costs, here.cost(COLUMN_OF[name]))
    _latency(here, found)


def show_presets(here: Here) -> None:
    """Show the buttons that take the limits from the chosen variant, and that drop them."""
    title = here.net.title
    with st.container(horizontal=True):
        st.button(here.say("as_chosen", net=title), on_click=_as_chosen, args=(here,))
        st.button(
            here.say("no_limits"),
            on_click=_no_limits,
            args=(here,),
            disabled=all(here.state[field] is None for field in LIMIT.values()),
        )


def _slider(here: Here, name: str, costs: list[float], label: str) -> None:
    field = LIMIT[name]
    st.select_slider(
        here.say("at_most", cost=label),
        stops(name, costs, here.state[field]),
        format_func=lambda value: limit_text(name, value) if value else here.say("no_limit"),
        **here.state.knob(
            field,
            shown=lambda value: _NO_LIMIT if value is None else value,
            taken=lambda value: value or None,
        ),
    )


def whose(here: Here, phone: str) -> str:
    """Say whose times they are: a phone's by its name, or this machine's."""
    way = read_way(phone)
    return quantity_words(here.t, f"latency_{phone}") if way is None else way.words(here.t)


def _latency(here: Here, found: Fitting) -> None:
    """Show whose times there are, and a limit on them."""
    state, phone = here.state, here.state[PHONE]
    known = [*(way.text for way in timed_here().ways), *found.phones]
    if phone and phone not in known:
        known.append(phone)
    choose(
        here,
        PHONE,
        here.say("phone"),
        lambda one: whose(here, one) if one else "–",
        options=["", *known],
        help=here.say("latency_help"),
    )
    if not phone:
        st.caption(here.say("latency_help"))
        return
    way = read_way(phone)
    left, right = st.columns([1, 1], gap="medium", vertical_alignment="center")
    if found.timed or state[LIMIT["latency"]]:
        times = found.every.choices.latency
        words = here.say("time_on", phone=whose(here, phone))
        with left:
            _slider(here, "latency", times[times > 0].tolist(), words)
    else:
        right = left
    if way is not None:
        with right:
            _time_more(here, found, way)


def _time_more(here: Here, found: Fitting, way: Way) -> None:
    """Say how many were timed on this machine, and offer to time the chosen variant."""
    every = len(found.every)
    st.caption(here.say("timed_here", timed=format_exact(found.timed), every=format_exact(every)))
    choice = replace(here.choice, prune=0.0, set="")
    title = net_of(choice, here.state.own).title
    st.button(
        here.say("time_chosen", net=title),
        key="time_chosen",
        on_click=open_latency,
        args=(here, choice, way),
    )


def open_latency(here: Here, choice: Choice, way: Way) -> None:
    """Open Latency as it has to be set for a time that a limit can be held against."""
    here.state[RUNTIMES], here.state[THREADS] = (way.runtime,), way.threads
    here.state[BATCH] = BATCH.default
    here.open(choice, "latency")


def _as_chosen(here: Here) -> None:
    _no_limits(here)
    for name, limit in limits_of(here.table.totals, LIMITS).items():
        here.state[LIMIT[name]] = limit


def _no_limits(here: Here) -> None:
    for field in LIMIT.values():
        here.state[field] = None
