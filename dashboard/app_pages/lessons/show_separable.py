"""Standard against depthwise-separable convolution: a picture of both that follows the knobs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from archcalc.base.units import format_exact, format_percent
from archcalc.output import palette
from archcalc.output.drawing.convolutions import KIND, draw_step, draw_steps, step_words
from archcalc.output.present.lessons import convolutions_table, misprints_table
from archcalc.studies.lessons import SeparableComparison
from dashboard.app_pages.lessons.data_separable import (
    CHANNELS,
    FIELDS,
    INPUTS,
    KERNEL,
    KERNELS,
    OUTPUTS,
    PAD,
    SIDE,
    SIDES,
    STEPS,
    STRIDE,
    STRIDES,
    comparison,
    costs,
    ratio_picture,
    ratio_words,
)
from dashboard.kit.chart_pictures import functions_chart
from dashboard.kit.downloads import Download, file_stem, of_table
from dashboard.kit.html import show_blocks
from dashboard.kit.tiles import Bar, show_bars
from dashboard.kit.widgets import choose, slide
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]

_COLOUR = {name: palette.NODES[kind][1] for name, kind in KIND.items()}


def show(here: Here) -> Sequence[Download]:
    """Show the lesson, and return its files."""
    _knobs(here)
    one = comparison(here.state)
    _pictures(here, one)
    _bars(here, one)
    st.markdown(ratio_words(here.t, one))
    caption = here.say("sep_table", title=one.title)
    show_blocks(here.t, convolutions_table(here.t, one, caption))
    st.subheader(here.say("sep_against"), anchor=False)
    chart = functions_chart(
        ratio_picture(one.kernel),
        x=here.say("sep_channels"),
        y=here.say("sep_percent"),
        legend=here.say("sep_kernel"),
    )
    st.vega_lite_chart(chart, key="ratio", alt=here.say("sep_alt"))
    st.subheader(here.say("sep_wrong"), anchor=False)
    show_blocks(here.t, misprints_table(here.t, [one], here.say("sep_misprints")))
    stem = file_stem(one.title.replace(":", "").replace("→", "to"))
    picture = Download(f"{stem}.svg", draw_steps(one).encode)
    return [*of_table(one, stem), picture]


def _knobs(here: Here) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        slide(here, KERNEL, here.say(KERNEL.name), KERNELS)
        slide(here, INPUTS, here.say(INPUTS.name), CHANNELS)
        slide(here, OUTPUTS, here.say(OUTPUTS.name), CHANNELS)
    with right:
        slide(here, SIDE, here.say(SIDE.name), SIDES)
        slide(here, STRIDE, here.say(STRIDE.name), STRIDES)
        choose(here, PAD, here.say(PAD.name), lambda pad: here.say(f"pad_{pad}"))


def _pictures(here: Here, one: SeparableComparison) -> None:
    for name, column in zip(STEPS, st.columns(len(STEPS), gap="medium"), strict=True):
        step = getattr(one, name)
        with column, st.container(key=f"step_{name}", gap="xsmall"):
            st.image(draw_step(one, name), alt=step_words(step), width="stretch")
            st.markdown(f"**{here.t(f'lessons.{name}')}** · {here.say(f'sep_{name}_does')}")
            params, madds = format_exact(step.params), format_exact(step.madds)
            st.markdown(here.say("sep_cost", params=params, madds=madds))
    st.caption(here.say("sep_scale"))


def _bars(here: Here, one: SeparableComparison) -> None:
    show_bars(
        here,
        [
            Bar(
                here.t(f"lessons.{bar['bar']}"),
                f"{format_exact(bar['madds'])} MAdds · {format_percent(bar['share'])}",
                [(step["share"], _COLOUR[step["step"]]) for step in bar["steps"]],
                {"data-madds": bar["madds"]},
            )
            for bar in costs(one)
        ],
    )
