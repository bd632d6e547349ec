"""Magnitude pruning: the lecture's matrix, its column of scale factors, a layer that learned."""

from __future__ import annotations

from typing import Any

import streamlit as st

from archcalc.errors import MissingPackage
from archcalc.reporting.document import Cell, Column, TableBlock
from archcalc.units import format_percent
from dashboard._blocks import show_table
from dashboard._errors import plain
from dashboard._here import Here
from dashboard.charts.cuts import curves_chart, histogram_chart
from dashboard.views.fields import Field
from dashboard.views.pruning import GAMMA, SHARE, THRESHOLD, WHAT


def show_weights(here: Here) -> None:
    """Show the lesson from four by four weights to those of a trained layer."""
    from archcalc.lessons import (
        EXAMPLE_SCALES,
        EXAMPLE_WEIGHTS,
        prune_filters,
        prune_scales,
        prune_weights,
    )

    left, right = st.columns([3, 2], gap="large")
    with left:
        st.segmented_control(
            here.say("what"),
            ("weights", "rows", "columns"),
            format_func=lambda one: here.say(f"what_{one}"),
            required=True,
            **here.state.knob(WHAT),
        )
        _slider(here, THRESHOLD, [tenth / 10 for tenth in range(61)], here.say("threshold"))
        at = here.state[THRESHOLD]
        if here.state[WHAT] == "weights":
            cut = prune_weights(EXAMPLE_WEIGHTS, threshold=at)
        else:
            axis = int(here.state[WHAT] == "columns")
            cut = prune_filters(EXAMPLE_WEIGHTS, axis=axis, threshold=at)
        _array(here, cut.weights.tolist(), cut.mask.tolist(), here.say("matrix"))
        size = cut.weights.size if cut.removed is None else cut.removed.size
        st.caption(_share(here, cut, size))
    with right:
        _slider(here, GAMMA, [tenth / 10 for tenth in range(51)], here.say("gamma"))
        scales = prune_scales(EXAMPLE_SCALES, threshold=here.state[GAMMA])
        column = [[value] for value in scales.weights.tolist()]
        _array(here, column, [[kept] for kept in scales.kept.tolist()], here.say("scales"))
        removed = scales.removed
        st.caption(_share(here, scales, 0 if removed is None else removed.size))
    st.subheader(here.say("real"), anchor=False)
    try:
        _real_layer(here)
    except MissingPackage as error:
        st.info(plain(str(error)))


def _real_layer(here: Here) -> None:
    from archcalc.lessons import damage, histogram, prune_weights, trained

    st.caption(here.say("real_about"))
    _slider(here, SHARE, [twentieth / 20 for twentieth in range(20)], here.say("share"))
    net, share = trained(), here.state[SHARE]
    cut = prune_weights(net.hidden, ratio=f"{share:g}")
    accuracy = format_percent(100 * net.with_hidden(cut.masked).accuracy(), 1)
    whole = format_percent(100 * net.accuracy(), 1)
    st.markdown(here.say("real_result", accuracy=accuracy, whole=whole))
    words = {
        "kept": here.say("stays_weight"),
        "cut": here.say("goes"),
        **{name: here.say(name) for name in ("weight", "count", "threshold")},
    }
    below = float(abs(cut.weights[cut.mask]).min())
    left, right = st.columns(2, gap="large")
    with left:
        chart = histogram_chart(histogram(cut), below, words=words)
        st.vega_lite_chart(chart, alt=here.say("histogram_alt"), key="histogram")
    with right:
        names = {one: here.say(f"by_{one}") for one in ("weights", "units", "random")}
        lines = curves_chart(damage().records(), names,
                             x=here.say("share"), y=here.say("accuracy"), at=share)  # fmt: skip
        st.vega_lite_chart(lines, alt=here.say("damage_alt"), key="damage")


def _slider(here: Here, field: Field, stops: list[float], label: str) -> None:
    options = sorted({*stops, here.state[field]})
    st.select_slider(label, options, format_func=lambda v: f"{v:g}", **here.state.knob(field))


def _share(here: Here, cut: Any, size: int) -> str:
    gone = int(cut.mask.size - cut.mask.sum())
    percent = format_percent(100 * cut.sparsity, 1)
    return here.say("sparsity", gone=gone, whole=cut.mask.size, percent=percent, left=size)


def _array(here: Here, values: list[list[float]], kept: list[list[bool]], caption: str) -> None:
    rows = [
        [
            Cell(f"{v:g}", strong=True) if k else Cell(f"{v:g} → 0")
            for v, k in zip(a, b, strict=True)
        ]
        for a, b in zip(values, kept, strict=True)
    ]
    columns = [Column(str(index + 1), numeric=True) for index in range(len(values[0]))]
    show_table(here.t, TableBlock(caption, columns, rows))
