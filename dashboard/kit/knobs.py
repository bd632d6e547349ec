"""The sidebar: the knobs of the chosen variant, which several pages share, and its baseline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from archcalc import CONVENTIONS, TRANSFORMS
from archcalc.cost.counting.layer import DTYPES
from archcalc.output.present.words import convention_words
from dashboard.kit.variant import (
    Tie,
    model_box,
    prune_slider,
    resolution_slider,
    set_box,
    width_slider,
)
from dashboard.kit.widgets import choose
from dashboard.shell.choice import BASELINE, FIELD, write_prune
from dashboard.shell.fields import LONGEST, Field
from dashboard.shell.here import Here
from dashboard.shell.nets import reference_of, spec_of
from dashboard.shell.state import State

_MODEL, _WIDTH, _RESOLUTION, _PRUNE = (
    FIELD[name] for name in ("model", "width", "resolution", "prune")
)
_CONVENTION, _DTYPE, _SET = FIELD["convention"], FIELD["dtype"], FIELD["set"]


def net_knobs(here: Here, *, counting: bool = True) -> None:
    """Show the knobs; ``counting``: those of convention and number format too."""

    def tie(name: str, shown: Any, taken: Callable[[Any], Any] = _as_it_is, /) -> dict[str, Any]:
        also = _new_model if name == "model" else None
        return here.state.knob(FIELD[name], shown=lambda _: shown, taken=taken, also=also)

    spec, choice = here.spec, here.choice
    with st.sidebar:
        model_box(here, choice, tie)
        width_slider(here, spec, choice, tie)
        resolution_slider(here, spec, choice, tie)
        with st.container():  # one thing or another, and what follows keeps its place
            _prune(here, tie)
        _exact(here)
        _changes(here, tie)
        if counting:
            _counting(here)


def counting_knobs(here: Here) -> None:
    """Show the knobs of convention and number format alone."""
    with st.sidebar:
        _counting(here)


def baseline_knob(here: Here) -> None:
    """Show the button that pins the chosen variant, and what is pinned."""
    t, state = here.t, here.state
    pinned, choice = state[BASELINE], here.choice
    with st.sidebar:
        st.button(
            t("dashboard.pin"),
            key="pin",
            disabled=pinned == choice,
            on_click=state.__setitem__,
            args=(BASELINE, choice),
            width="stretch",
        )
        if pinned is not None:
            st.button(
                t("dashboard.unpin"),
                key="unpin",
                on_click=state.__setitem__,
                args=(BASELINE, None),
                width="stretch",
            )


def _as_it_is(value: Any) -> Any:
    return value


def _new_model(state: State) -> None:
    # another net has another reference side, other groups to prune, other blocks to change
    state[_RESOLUTION] = None
    state[_SET] = ""
    if spec_of(state.choice, state.own).rounding is None:
        state[_WIDTH] = 1.0
    if isinstance(state[_PRUNE], tuple):
        state[_PRUNE] = 0.0


def _prune(here: Here, tie: Tie) -> None:
    t, state = here.t, here.state
    prune = here.choice.prune
    if isinstance(prune, tuple):
        st.caption(t("dashboard.pruned_parts", parts=write_prune(prune).replace(",", ", ")))
        st.button(t("dashboard.unprune"), on_click=state.__setitem__, args=(_PRUNE, 0.0))
        return
    prune_slider(here, prune, tie)


def _exact(here: Here) -> None:
    """Show fields for what the sliders have no stop for: 0.33, 224x160, stage_2:0.5."""
    t, choice = here.t, here.choice
    with st.popover(t("dashboard.exact"), key="exact", width="stretch"):
        for field in (_WIDTH, _RESOLUTION, _PRUNE):
            value = getattr(choice, field.name)
            if field is _RESOLUTION and value is None:
                value = reference_of(here.spec)
            st.text_input(
                t(f"dashboard.{field.name}"),
                help=t(f"dashboard.exact_{field.name}"),
                max_chars=LONGEST,
                **here.state.knob(
                    field,
                    shown=partial(_written, field, value),
                    taken=field.parse,
                    part="_exact",
                ),
            )


def _changes(here: Here, tie: Tie) -> None:
    """Show a field for transforms, and what each of them does."""
    t = here.t
    with st.popover(t("dashboard.changes"), key="changes", width="stretch"):
        set_box(here, here.choice, tie)
        lines = (f"- `{name}` {t(f'dashboard.set_{name}')}" for name in TRANSFORMS)
        st.markdown("\n".join(lines))


def _written(field: Field, value: object, _: object) -> str:
    return field.write(value)


def _counting(here: Here) -> None:
    t, state = here.t, here.state
    st.selectbox(
        t("dashboard.convention"),
        list(CONVENTIONS),
        help="\n".join(
            f"- `{name}`: {convention_words(t, one)}" for name, one in CONVENTIONS.items()
        ),
        **state.knob(_CONVENTION),
    )
    choose(here, _DTYPE, t("dashboard.dtype"), str, options=DTYPES)
