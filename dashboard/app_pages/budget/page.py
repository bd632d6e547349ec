"""Budget: from what a net may cost to the variants that fit, and the best of them."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.budget.data_budget import (
    COST,
    FIELDS,
    KNOWN,
    LIMIT,
    NETS,
    PHONE,
    SHOWN,
    budget_of,
)
from dashboard.app_pages.budget.data_fitting import Fitting, fitting
from dashboard.app_pages.budget.show_fitting import show_best, show_front, show_table
from dashboard.app_pages.budget.show_limits import show_limits, show_presets
from dashboard.kit.bench import timed_here
from dashboard.kit.downloads import of_table
from dashboard.kit.knobs import counting_knobs
from dashboard.kit.widgets import choose, show_head
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: the limits, the best that keeps to them, the front, the table."""
    counting_knobs(here)
    found = _found(here)
    show_head(here, here.say("title"), lambda: of_table(found.fits, found.fits.title))
    st.caption(here.say("intro"))
    _nets(here)
    show_limits(here, found)
    show_presets(here)
    show_best(here, found)
    choose(here, COST, here.say("front_of"), here.cost)
    show_front(here, found)
    st.caption(here.say("legend"))
    choose(here, SHOWN, here.say("shown"), lambda one: here.say(f"shown_{one}"))
    show_table(here, found)


def _found(here: Here) -> Fitting:
    state = here.state
    limits = {name: state[field] for name, field in LIMIT.items()}
    return fitting(
        state.own,
        budget_of(limits, state[PHONE]),
        convention=state.choice.convention,
        dtype=state.choice.dtype,
        nets=state[NETS],
        phone=state[PHONE],
        measured=timed_here(),
        cost=state[COST],
        accuracies=state[KNOWN],
    )


def _nets(here: Here) -> None:
    names = here.models
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.multiselect(
            here.say("nets"),
            list(names),
            format_func=names.__getitem__,
            placeholder=here.say("all_nets"),
            **here.state.knob(NETS, shown=list, taken=tuple),
        )
    with right:
        choose(here, KNOWN, here.say("accuracies"), lambda one: here.say(f"known_{one}"))
