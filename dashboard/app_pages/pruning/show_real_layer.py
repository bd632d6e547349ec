"""A layer that has learned: where its weights lie, what is cut of them, and what that costs."""

from __future__ import annotations

import streamlit as st

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.units import format_decimal, format_exact, format_fixed, format_share
from dashboard.app_pages.pruning.chart_cuts import curves_chart, histogram_chart
from dashboard.app_pages.pruning.data_weights import real_layer, threshold_of
from dashboard.kit.html import show_blocks
from dashboard.shell.here import Here

_WAYS = ("weights", "units", "random")


def show_real_layer(here: Here, share: float) -> None:
    """Show the layer with a share of it cut; raises MissingPackage without scikit-learn."""
    from archcalc.studies.lessons import damage, histogram

    cut, ways = real_layer(share)
    threshold = threshold_of(cut)
    said = here.say("real_none", of=format_exact(cut.kept.size))
    if threshold is not None:
        gone = cut.kept.size - int(cut.kept.sum())
        said = here.say(
            "real_cut",
            gone=format_exact(gone),
            of=format_exact(cut.kept.size),
            percent=format_share(cut.sparsity, 1),
            threshold=format_fixed(threshold, 3),
        )
    st.markdown(said)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{here.say('histogram_title')}**")
        words = {"kept": here.say("stays_weight"), "cut": here.say("goes")}
        words |= {"weight": "w", "count": here.say("count"), "threshold": "|w|"}
        chart = histogram_chart(histogram(cut), threshold, words=words)
        st.vega_lite_chart(chart, alt=here.say("histogram_alt"), key="histogram")
    with right:
        st.markdown(f"**{here.say('damage_title')}**")
        names = {one: here.say(f"by_{one}") for one in _WAYS}
        lines = curves_chart(
            damage().records(), names, x=here.say("share"), y=here.say("accuracy"), at=share
        )
        st.vega_lite_chart(lines, alt=here.say("damage_alt"), key="damage")
    columns = [Column(here.say("way"))]
    columns += [Column(here.say(f"real_{name}"), numeric=True) for name in _COLUMNS]
    rows = [
        [Cell(here.say(f"by_{one['way']}")), *(Cell(one[name]) for name in _COLUMNS)]
        for one in ways
    ]
    show_blocks(
        here.t, TableBlock(here.say("real_table", share=format_decimal(share)), columns, rows)
    )
    st.caption(here.say("real_zeros_note"))


_COLUMNS = ("accuracy", "zeros", "madds")
