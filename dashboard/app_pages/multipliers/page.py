"""Multipliers: what width and resolution do to the costs, the accuracy and the parts of a net."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.multipliers.data_files import files_of
from dashboard.app_pages.multipliers.data_multipliers import AGAINST, COST, FIELDS, PARTS, grid_of
from dashboard.app_pages.multipliers.show_pictures import (
    show_accuracy,
    show_contributions,
    show_equal_cost,
    show_heat,
    show_live,
    show_variants,
)
from dashboard.kit.knobs import baseline_knob, net_knobs
from dashboard.kit.tiles import show_totals
from dashboard.kit.widgets import choose, show_head
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page."""
    net_knobs(here)
    baseline_knob(here)
    table = here.table
    show_head(
        here,
        here.spec.title,
        lambda: files_of(table.net, here.choice, here.state[COST]),
    )
    st.caption(f"{table.title} · {table.dtype}")
    show_totals(here, table, here.baseline)
    _choices(here)
    grid = grid_of(table.net, here.choice)
    show_live(here, grid)
    if here.spec.rounding is not None:
        left, right = st.columns(2, gap="large")
        with left:
            show_heat(here, grid)
        with right:
            show_equal_cost(here)
    show_accuracy(here)
    show_contributions(here, grid)
    show_variants(here)


def _choices(here: Here) -> None:
    choose(here, COST, here.say(COST.name), lambda name: here.t(f"table.{name}"))
    with st.container(horizontal=True, gap="medium"):
        if here.spec.rounding is not None:
            choose(here, AGAINST, here.say(AGAINST.name), lambda name: here.say(f"against_{name}"))
        choose(here, PARTS, here.say(PARTS.name), lambda name: here.say(f"parts_{name}"))
