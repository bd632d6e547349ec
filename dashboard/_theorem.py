"""Uniform pruning beside the width multiplier that it would be: shown by counts."""

from __future__ import annotations

import streamlit as st

from archcalc.errors import ArchcalcError
from archcalc.reporting.document import Cell, Column, TableBlock
from archcalc.scaling import as_width
from archcalc.scaling.as_width import AsWidth, usual_ratios
from archcalc.units import format_exact
from dashboard._blocks import show_table
from dashboard._here import Here


def show_theorem(here: Here) -> None:
    """Show for each usual ratio both nets, and which groups differ."""
    st.markdown(here.say("theorem"))
    found = [one for ratio in usual_ratios(here.net) if (one := _pair(here, ratio))]
    if not found:
        st.info(here.say("no_width"))
        return
    t = here.t
    heads = [t("report.prune"), "α", f"{t('report.madds')} (r)", f"{t('report.madds')} (α)"]
    heads += [f"{t('report.params')} (r)", f"{t('report.params')} (α)", here.say("same")]
    rows = [
        [
            Cell(text)
            for text in (
                f"{float(one.ratio):g}",
                f"{float(one.width):g}",
                format_exact(one.pruned.madds),
                format_exact(one.narrow.madds),
                format_exact(one.pruned.params),
                format_exact(one.narrow.params),
                "✓" if one.same else here.say("differ", groups=len(one.differing)),
            )
        ]
        for one in found
    ]
    columns = [Column(head, numeric=True) for head in heads]
    show_table(t, TableBlock(here.say("theorem_table", net=here.spec.title), columns, rows))
    differing = next((one for one in found if not one.same), None)
    if differing is not None:
        ratio = f"{float(differing.ratio):g}"
        st.caption(here.say("differing", ratio=ratio))
        names = ("group", "whole", "exact", "pruned", "narrow")
        frame = [{here.say(f"g_{n}"): one[n] for n in names} for one in differing.differing]
        st.dataframe(frame, hide_index=True, alt=here.say("differing", ratio=ratio))


def _pair(here: Here, ratio: str) -> AsWidth | None:
    try:
        return as_width(here.net, ratio, here.choice.convention, dtype=here.choice.dtype)
    except ArchcalcError:  # a net that cannot be so narrow
        return None
