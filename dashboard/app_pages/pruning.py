"""Pruning: what cutting channels saves, when that is a width multiplier, and single weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard._channels import show_channels
from dashboard._downloads import offer
from dashboard._here import Here
from dashboard._knobs import net_knobs
from dashboard._magnitude import show_weights
from dashboard._theorem import show_theorem
from dashboard.views.downloads import Download
from dashboard.views.nets import table_of
from dashboard.views.pruning import FIELDS, TAB, TABS, unpruned
from dashboard.views.pruning_files import channels_files, weights_files, width_files

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: one tab at a time, which the address names."""
    tab = here.state[TAB]
    if tab != "weights":  # which are of no net of the zoo
        net_knobs(here)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(here.say("title"), anchor=False)
        offer(here, lambda: _files(here))
    st.segmented_control(
        here.say("tab"),
        TABS,
        format_func=lambda one: here.say(f"tab_{one}"),
        required=True,
        **here.state.knob(TAB),
    )
    shown: dict[str, Callable[[Here], None]] = {
        "channels": show_channels, "width": show_theorem, "weights": show_weights,
    }  # fmt: skip
    shown[tab](here)


def _files(here: Here) -> Sequence[Download]:
    if here.state[TAB] == "weights":
        return weights_files(here.state)
    if here.state[TAB] == "width":
        return width_files(here.t, here.state, here.table)
    before = table_of(unpruned(here.choice), here.state.own)
    return channels_files(here.state, before, here.table)
