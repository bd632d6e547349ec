"""The ReLU manifold: a spiral through m random channels and back, MobileNet V2's Figure 1."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from archcalc.base.units import format_share
from archcalc.output.present.lessons import losses_table
from dashboard.app_pages.lessons.chart_spiral import spiral_chart
from dashboard.app_pages.lessons.data_relu_manifold import (
    ACT,
    BACK,
    DRAW,
    FIELDS,
    TURNS,
    draws,
    panels,
    study,
)
from dashboard.kit.downloads import Download, of_table
from dashboard.kit.html import show_blocks
from dashboard.kit.widgets import choose, enter, slide
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]

_REACH = 1.05
"""What a panel shows of the plane both ways; the spiral itself reaches to 1."""


def show(here: Here) -> Sequence[Download]:
    """Show the lesson, and return its files."""
    _knobs(here)
    state, t = here.state, here.t
    number, turns, act, back = (state[field] for field in (DRAW, TURNS, ACT, BACK))
    with st.container(horizontal=True, gap="small"):
        for panel in panels(draws(number, turns, act), back):
            m = panel["m"]
            with st.container(width=136):
                words = here.say("spiral_input") if m is None else f"m = {m}"
                st.markdown(f"**{words}**")
                losses = (
                    ""
                    if m is None
                    else here.say(
                        "spiral_losses",
                        error=format_share(panel["error"], 1),
                        lost=format_share(panel["lost"], 1),
                    )
                )
                st.vega_lite_chart(
                    spiral_chart(panel["points"], reach=_REACH),
                    width="content",
                    key=f"spiral_{m}",
                    alt=f"{words}. {losses}",
                )
                st.caption(losses or here.say("spiral_colour"))
    st.caption(here.say("spiral_hollow"))
    found = study(turns, act)
    show_blocks(t, losses_table(t, found))
    st.markdown(t("report_lecture_relu.read"))
    st.markdown(t("report_lecture_relu.lesson"))
    return of_table(found, f"relu manifold {turns} turns {act}")


def _knobs(here: Here) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        enter(here, DRAW, here.say("spiral_t"))
        slide(here, TURNS, here.say("spiral_turns"))
    with right:
        choose(here, BACK, here.say("spiral_back"), lambda name: here.t(f"lessons.{name}"))
        choose(here, ACT, here.say("spiral_act"), lambda name: here.say(f"spiral_act_{name}"))
