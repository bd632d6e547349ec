"""Magnitude pruning: the lecture's matrix, and its column of scale factors beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from archcalc.base.errors import MissingPackage
from archcalc.base.units import format_decimal
from dashboard.app_pages.pruning.data_weights import (
    GAMMA,
    MOST_GAMMA,
    MOST_THRESHOLD,
    SHARE,
    SHARES,
    THRESHOLD,
    WHAT,
    channels_of,
    column,
    matrix,
    sizes,
)
from dashboard.app_pages.pruning.show_grid import Grid, Parts, show_grids
from dashboard.app_pages.pruning.show_real_layer import show_real_layer
from dashboard.kit.widgets import choose, slide
from dashboard.shell.errors import literal
from dashboard.shell.here import Here

if TYPE_CHECKING:
    from archcalc.studies.lessons import PrunedArray


def show_weights(here: Here) -> None:
    """Show the lesson from four by four weights to those of a trained layer."""
    st.subheader(here.say("matrix_title"), anchor=False)
    _matrix(here)
    st.subheader(here.say("channel_title"), anchor=False)
    _channels(here)
    st.subheader(here.say("real"), anchor=False)
    st.caption(here.say("real_about"))
    slide(here, SHARE, here.say("share"), SHARES)
    try:
        show_real_layer(here, here.state[SHARE])
    except MissingPackage as error:
        st.info(literal(str(error)))


def _matrix(here: Here) -> None:
    """Show single weights, or whole rows or columns, cut by a threshold, and what is left."""
    choose(here, WHAT, here.say("what"), lambda one: here.say(f"what_{one}"))
    what = here.state[WHAT]
    slide(here, THRESHOLD, here.say(f"threshold_{what}"), _tenths(MOST_THRESHOLD))
    cut = matrix(what, here.state[THRESHOLD])
    found = sizes(cut)
    whole = Grid(cut.weights.tolist(), cut.mask.tolist(), here.say("matrix", **found))
    norms = [float(format_decimal(one, 4)) for one in cut.scores.ravel().tolist()]
    kept = cut.kept.ravel().tolist()
    parts: Parts = [whole]
    if what == "rows":  # each norm beside its row, or below its column
        parts = [whole, Grid([[one] for one in norms], [[one] for one in kept], "Σ|w|")]
    elif what == "columns":
        parts = [(whole, Grid([norms], [kept], "Σ|w|"))]
    left = cut.masked if cut.removed is None else cut.removed
    every = [[True] * left.shape[1]] * left.shape[0]
    after = Grid(left.tolist(), every, here.say("stored", **found))
    show_grids(here, [*parts, "→", after if left.size else here.say("all_gone")], key="matrix")
    st.markdown(here.say(f"sparsity_{what}", **found))


def _channels(here: Here) -> None:
    """Show which channels go by their scale factors, and what goes with them in both layers."""
    st.caption(here.say("channel_about"))
    slide(here, GAMMA, here.say("gamma"), _tenths(MOST_GAMMA))
    scales = column(here.state[GAMMA])
    own, after = channels_of(scales)
    gammas = [[one] for one in scales.weights.tolist()]
    blank = [[None] * after.weights.shape[1]] * after.weights.shape[0]
    shown: Parts = [
        Grid(own.weights.tolist(), own.mask.tolist(), here.say("this_layer")),
        "×",
        Grid(gammas, [[one] for one in scales.kept.tolist()], "γ"),
        "→",
        Grid(blank, after.mask.tolist(), here.say("next_layer")),
    ]
    show_grids(here, shown, key="channel")
    st.markdown(_removed(here, scales, own, after))


def _removed(here: Here, scales: PrunedArray, own: PrunedArray, after: PrunedArray) -> str:
    gone = [str(number) for number, kept in enumerate(scales.kept.tolist(), 1) if not kept]
    if not gone:
        return here.say("no_channel")
    first, second = sizes(own), sizes(after)
    return here.say(
        "removed",
        channels=here.t("report_pruning.listed").join(gone),
        of=len(scales.kept),
        shape=first["shape"],
        own=first["left_shape"],
        next=second["left_shape"],
        whole=first["whole"] + second["whole"],
        left=first["left"] + second["left"],
    )


def _tenths(most: float) -> list[float]:
    return [tenth / 10 for tenth in range(round(10 * most) + 1)]
