"""The variants beside the chosen one: a card of knobs for each, free places, files of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from archcalc.base.units import format_decimal
from dashboard.app_pages.compare.data_compare import LETTERS, OTHERS
from dashboard.kit.html import show_template
from dashboard.kit.variant import (
    Tie,
    model_box,
    prune_slider,
    resolution_slider,
    set_box,
    width_slider,
)
from dashboard.shell.choice import Choice, fitted, write_prune
from dashboard.shell.errors import literal
from dashboard.shell.fields import Field
from dashboard.shell.here import Here
from dashboard.shell.nets import reference_of, spec_of
from dashboard.shell.state import State


def show_slots(here: Here) -> None:
    """Show a card for each net: the first says that the sidebar has its knobs."""
    first, *cards = st.columns(len(LETTERS))
    with first.container(border=True, key="slot_a"):
        _head(here, LETTERS[0], here.spec.title)
        st.markdown(literal(_knobs(here, here.choice)))
        st.caption(here.say("first"))
    free = next((field for field in OTHERS if here.state[field] is None), None)
    for field, card in zip(OTHERS, cards, strict=True):
        if here.state[field] is not None:
            with card.container(border=True, key=f"slot_{field.name}"):
                _card(here, field)
        elif field is free:
            card.button(
                here.say("add"),
                key="add",
                on_click=here.state.__setitem__,
                args=(field, here.choice),
                width="stretch",
            )


def _head(here: Here, letter: str, title: str) -> None:
    show_template(__file__, "head.html", here.t, letter=letter, title=title)


def _card(here: Here, field: Field) -> None:
    state = here.state
    choice: Choice = state[field]
    spec = spec_of(choice, state.own)
    fit = fitted(choice, has_width=spec.rounding is not None)
    tie = _tie(state, field)
    _head(here, field.name, spec.title)
    model_box(here, choice, tie)
    with st.popover(_knobs(here, choice), width="stretch"):
        width_slider(here, spec, fit, tie)
        resolution_slider(here, spec, choice, tie)
        if not isinstance(choice.prune, tuple):
            prune_slider(here, choice.prune, tie)
        set_box(here, choice, tie)
    st.button(
        here.say("remove", letter=field.name),
        key=f"remove_{field.name}",
        on_click=state.__setitem__,
        args=(field, None),
        type="tertiary",
    )


def _tie(state: State, field: Field) -> Tie:
    """Tie widgets to the parts of a variant."""

    def tie(
        name: str, shown: Any, taken: Callable[[Any], Any] = lambda value: value, /
    ) -> dict[str, Any]:
        def changed(value: Any) -> Choice:
            # of the variant as it is then: another knob of it may have been moved in the meantime
            choice: Choice = state[field]
            if name == "model":  # another net has another reference side, other groups to prune
                return Choice(value, choice.width)
            return replace(choice, **{name: taken(value)})

        return state.knob(field, part=f"_{name}", shown=lambda _: shown, taken=changed)

    return tie


def _knobs(here: Here, choice: Choice) -> str:
    """Say at what width, resolution and prune ratio a variant is, and how its blocks differ."""
    spec = spec_of(choice, here.state.own)
    width = fitted(choice, has_width=spec.rounding is not None).width
    side = choice.resolution or reference_of(spec)
    words = [f"α {format_decimal(width)}", f"{side} px"]
    if choice.prune:
        words.append(f"{here.t('dashboard.prune')} {write_prune(choice.prune)}")
    if choice.set:
        words.append(choice.set.replace(",", ", "))
    return " · ".join(words)
