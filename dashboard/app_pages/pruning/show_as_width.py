"""Uniform pruning beside the width multiplier that it would be: shown by counts."""

from __future__ import annotations

import streamlit as st

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.units import format_decimal, format_exact
from archcalc.cost.scaling.pruned_as_width import AsWidth
from archcalc.language.spec.rounding import Rounding
from archcalc.output.present.pruning import groups_table
from archcalc.output.present.words import sentences
from dashboard.app_pages.pruning.data_as_width import (
    RATIO,
    agreed,
    first_of,
    pairs,
    printed_of,
    shown_ratio,
    step_of,
)
from dashboard.kit.html import show_blocks
from dashboard.kit.tiles import show_printed
from dashboard.kit.widgets import choose
from dashboard.shell.here import Here

_COUNTED = ("madds", "params")


def show_as_width(here: Here) -> None:
    """Show for each usual ratio both nets with what is printed, and every group of one of them."""
    rounding = here.spec.rounding
    st.markdown(here.say("width_about"))
    found = pairs(here.net, here.choice.convention, here.choice.dtype)
    if not found or rounding is None:
        st.info(here.say("no_width"))
        return
    st.markdown(_exactly(here, rounding))
    st.markdown(_verdict(here, found))
    show_blocks(here.t, _summary(here, found))
    shown = shown_ratio(found, here.net, here.state[RATIO])
    st.subheader(here.say("compared"), anchor=False)
    choose(
        here,
        RATIO,
        here.t("table.prune"),
        lambda ratio: f"r = {ratio}",
        options=found,
        shown=shown,
    )
    _printed(here, found[shown])
    pair = found[shown]
    ratios = {"ratio": pair.ratio, "alpha": pair.width}
    said = {name: format_decimal(float(ratio)) for name, ratio in ratios.items()}
    show_blocks(here.t, groups_table(here.t, pair, here.say("groups_of", **said)))


def _exactly(here: Here, rounding: Rounding) -> str:
    """Say by which rules each of the two keeps channels, and when they are the same."""
    multiple, divisor = here.net.multiple, rounding.divisor
    rule = here.say(f"rule_{rounding.method}", least=rounding.min, divisor=divisor)
    cut = here.say("rule_cut", multiple=multiple, half=format_decimal(multiple / 2))
    step = step_of(rounding, multiple)
    said = here.say("exactly", cut=cut, rule=rule, step=step)
    own = format_decimal(here.net.width)
    return said if own == "1" else sentences(here.t, said, here.say("from_paper", width=own))


def _verdict(here: Here, found: dict[str, AsWidth]) -> str:
    same, apart = agreed(found)
    listed = here.t("report_pruning.listed")
    words = [
        here.say(key, ratios=listed.join(ratios))
        for key, ratios in (("is_same", same), ("is_apart", apart))
        if ratios
    ]
    return sentences(here.t, *words)


def _summary(here: Here, found: dict[str, AsWidth]) -> TableBlock:
    t = here.t
    columns = [Column("r", numeric=True), Column("α", numeric=True)]
    for name in _COUNTED:
        columns += [
            Column(f"{t(f'table.{name}')} (r)", numeric=True),
            Column(f"{t(f'table.{name}')} (α)", numeric=True),
            Column(t("table.printed")),
        ]
    columns.append(Column(here.say("same")))
    rows = [_row(here, ratio, pair) for ratio, pair in found.items()]
    return TableBlock(here.say("width_table", net=here.spec.title), columns, rows)


def _row(here: Here, ratio: str, pair: AsWidth) -> list[Cell]:
    printed = printed_of(here.t, pair)
    cells = [Cell(ratio), Cell(format_decimal(float(pair.width)))]
    for name in _COUNTED:
        one = first_of(printed, name)
        cells += [Cell(format_exact(getattr(net, name))) for net in (pair.pruned, pair.narrow)]
        cells.append(Cell("–") if one is None else Cell(one.text, badge=one.verdict))
    words = "✓" if pair.same else here.say("differ", groups=len(pair.differing))
    return [*cells, Cell(words, strong=pair.same)]


def _printed(here: Here, pair: AsWidth) -> None:
    """Show all that is printed of the α-net, each with its verdict and its place."""
    found = printed_of(here.t, pair)
    alpha = format_decimal(float(pair.width))
    if not found:
        st.caption(here.say("none_printed", alpha=alpha))
        return
    st.caption(here.say("is_printed", alpha=alpha))
    show_printed(here, found, here.t("table.printed"), _COUNTED)
