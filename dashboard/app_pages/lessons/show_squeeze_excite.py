"""Squeeze-and-excite: a net of the zoo runs on a real image, and a block shows all its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from archcalc.base.names import size_text
from archcalc.base.units import format_exact, format_fixed
from archcalc.output.charts.sheets import digit_picture, sheets
from archcalc.output.palette import CATEGORIES
from archcalc.output.present.lessons import excite_table
from archcalc.studies.lessons import SqueezeExciteRun
from dashboard.app_pages.lessons.chart_channels import channels_chart
from dashboard.app_pages.lessons.data_squeeze_excite import (
    BLOCK,
    DIGIT,
    FIELDS,
    MODEL,
    MODELS,
    SEED,
    bars,
    blocks_of,
    chosen,
    run_of,
)
from dashboard.kit.downloads import Download, of_table
from dashboard.kit.html import show_blocks
from dashboard.kit.widgets import enter, slide
from dashboard.shell.here import Here
from dashboard.shell.nets import titles
from dashboard.shell.state import State

__all__ = ["FIELDS", "show"]

_STEPS = {"z": CATEGORIES[0], "hidden": CATEGORIES[3], "s": CATEGORIES[2]}


def show(here: Here) -> Sequence[Download]:
    """Show the lesson, and return its files."""
    model, block = here.state[MODEL], chosen(here.state[MODEL], here.state[BLOCK])
    _knobs(here, model, block)
    index, seed = here.state[DIGIT], here.state[SEED]
    # the scan is there at once; the net takes torch, which takes its time to be imported
    image, before, after = st.columns([1, 4, 4], gap="medium")
    with image:
        st.markdown(f"**{here.say('se_image')}**")
        st.image(digit_picture(index), alt=here.say("se_image_alt", digit=index), width=96)
    with before, st.spinner(here.say("se_running")):
        run = run_of(model, block, index, seed)
    _maps(here, run, before, after)
    _steps(here, run)
    show_blocks(here.t, excite_table(here.t, run))
    st.markdown(here.say("se_cheap"))
    st.caption(here.say("se_notes", products=format_exact(run.values.u.size)))
    return of_table(run, run.title.replace("·", " "))


def _knobs(here: Here, model: str, block: str) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.selectbox(
            here.t("dashboard.model"),
            MODELS,
            format_func=lambda name: titles()[name],
            **here.state.knob(MODEL, also=_first_block),
        )
        st.selectbox(
            here.say("se_block"),
            blocks_of(model),
            **here.state.knob(BLOCK, shown=lambda _: block),
        )
    with right:
        slide(here, DIGIT, here.say("se_digit"))
        enter(here, SEED, here.say("se_seed"))


def _first_block(state: State) -> None:
    state[BLOCK] = ""


def _maps(here: Here, run: SqueezeExciteRun, before: DeltaGenerator, after: DeltaGenerator) -> None:
    made = sheets(run)
    shape = size_text(run.values.u.shape)
    for column, name, sheet in ((before, "before", made.before), (after, "after", made.after)):
        with column:
            st.markdown(f"**{here.say(f'se_{name}')}**")
            st.image(
                sheet,
                alt=here.say(f"se_{name}_alt", channels=len(made.channels), block=run.block),
                width="stretch",
            )
    gates = run.values.s[list(made.channels)]
    st.caption(
        here.say(
            "se_maps",
            shape=shape,
            shown=len(made.channels),
            most=format_fixed(gates[0], 3),
            least=format_fixed(gates[-1], 3),
        )
    )


def _steps(here: Here, run: SqueezeExciteRun) -> None:
    for (step, colour), column in zip(_STEPS.items(), st.columns(3, gap="medium"), strict=True):
        found = bars(run, step)
        act = {"hidden": run.act, "s": run.gate}.get(step, "")
        values = [bar["value"] for bar in found]
        with column:
            st.markdown(f"**{here.say(f'se_{step}', act=act)}**")
            st.vega_lite_chart(
                channels_chart(
                    found,
                    x=here.say("se_unit" if step == "hidden" else "se_channel"),
                    y=step if step != "hidden" else "s₁",
                    colour=colour,
                    unit=step == "s",
                ),
                key=f"se_{step}",
                alt=here.say(
                    "se_bars_alt",
                    step=here.say(f"se_{step}", act=act),
                    number=len(found),
                    low=format_fixed(min(values), 3),
                    high=format_fixed(max(values), 3),
                ),
            )
