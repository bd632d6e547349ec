"""Budget: from what a net may cost to the variants that fit, and the best of them."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.budget.data_budget import (
    COST,
    COSTS,
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
from dashboard.kit.offer import offer
from dashboard.shell.fields import Field
from dashboard.shell.here import Here
from dashboard.shell.nets import titles

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: the limits, the best that keeps to them, the front, the table."""
    counting_knobs(here)
    found = _found(here)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(here.say("title"), anchor=False)
        offer(here, lambda: of_table(found.fits, found.fits.title))
    st.caption(here.say("intro"))
    _nets(here)
    show_limits(here, found)
    show_presets(here)
    show_best(here, found)
    _choose(here, COST, COSTS, "front_of", "dashboard.tile_")
    show_front(here, found)
    st.caption(here.say("legend"))
    _choose(here, SHOWN, ("fits", "front"), "shown", f"dashboard_{here.name}.shown_")
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
    names = {**titles(), **{name: spec.title for name, spec in here.state.own.items()}}
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
        _choose(here, KNOWN, ("any", "published"), "accuracies", f"dashboard_{here.name}.known_")


def _choose(here: Here, field: Field, options: tuple[str, ...], label: str, words: str) -> None:
    st.segmented_control(
        here.say(label),
        options,
        format_func=lambda one: here.t(f"{words}{one}"),
        required=True,
        **here.state.knob(field),
    )
