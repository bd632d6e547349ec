"""The limits of a budget: a slider for each cost, and one for the times that papers print."""

from __future__ import annotations

import streamlit as st

from archcalc.budgets.budget import COLUMN_OF, limit_text
from archcalc.reporting.words import quantity_words
from dashboard._here import Here
from dashboard.views.budget import LIMIT, LIMITS, PHONE, stops
from dashboard.views.fitting import Fitting, limits_of

_NO_LIMIT = 0


def show_limits(here: Here, found: Fitting) -> None:
    """Show a slider for each limit, and what sets them all."""
    columns = st.columns(len(LIMITS), gap="medium")
    for name, column in zip(LIMITS, columns, strict=True):
        with column:
            costs = found.every.choices.costs[COLUMN_OF[name]].tolist()
            _slider(here, name, costs, here.t(f"dashboard.tile_{COLUMN_OF[name]}"))
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


def _latency(here: Here, found: Fitting) -> None:
    """Show the limit on a time where papers print any, and whose phones they are."""
    known, state = found.phones, here.state
    if state[PHONE] and state[PHONE] not in known:
        known.append(state[PHONE])
    if not known:
        st.caption(here.say("no_times"))
        return
    left, right = st.columns([1, 1], gap="medium", vertical_alignment="top")
    with left:
        st.segmented_control(
            here.say("phone"),
            ["", *known],
            format_func=lambda one: quantity_words(here.t, f"latency_{one}") if one else "–",
            required=True,
            help=here.say("latency_help"),
            **state.knob(PHONE),
        )
    with right:
        times = found.every.choices.latency
        if state[PHONE]:
            phone = quantity_words(here.t, f"latency_{state[PHONE]}")
            _slider(here, "latency", times[times > 0].tolist(), here.say("time_on", phone=phone))
        else:
            st.caption(here.say("latency_help"))


def _as_chosen(here: Here) -> None:
    _no_limits(here)
    for name, limit in limits_of(here.table.totals, LIMITS).items():
        here.state[LIMIT[name]] = limit


def _no_limits(here: Here) -> None:
    for field in LIMIT.values():
        here.state[field] = None
