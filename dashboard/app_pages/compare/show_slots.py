"""The variants beside the chosen one: a card of knobs for each, free places, files of them."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from archcalc import Spec
from dashboard.app_pages.compare.data_compare import LETTERS, OTHERS
from dashboard.kit.ranges import prunes, resolutions, widths
from dashboard.shell.choice import FIELD, Choice, fitted, write_prune
from dashboard.shell.errors import plain
from dashboard.shell.fields import LONGEST, Field
from dashboard.shell.here import Here
from dashboard.shell.nets import reference_of, spec_of, titles
from dashboard.shell.state import State


def show_slots(here: Here) -> None:
    """Show a card for each net: the first says that the sidebar has its knobs."""
    first, *cards = st.columns(len(LETTERS))
    with first.container(border=True, key="slot_a"):
        _head(LETTERS[0], here.spec.title)
        st.markdown(plain(_knobs(here, here.choice)))
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


def _head(letter: str, title: str) -> None:
    st.html(f'<div class="slot"><b class="letter {letter}">{letter}</b> {escape(title)}</div>')


def _card(here: Here, field: Field) -> None:
    t, state = here.t, here.state
    choice: Choice = state[field]
    spec = spec_of(choice, state.own)
    names = {**titles(), **{name: one.title for name, one in state.own.items()}}
    _head(field.name, spec.title)
    st.selectbox(
        t("dashboard.model"),
        list(names),
        format_func=lambda name: names[name],
        # another net has another reference side, and other groups to prune
        **_knob(state, field, "model", taken=lambda name: Choice(name, state[field].width)),
    )
    with st.popover(_knobs(here, choice), width="stretch"):
        _sliders(here, field, spec)
    st.button(
        here.say("remove", letter=field.name),
        key=f"remove_{field.name}",
        on_click=state.__setitem__,
        args=(field, None),
        type="tertiary",
    )


def _knobs(here: Here, choice: Choice) -> str:
    """Say at what width, resolution and prune ratio a variant is, and how its blocks differ."""
    spec = spec_of(choice, here.state.own)
    width = fitted(choice, has_width=spec.rounding is not None).width
    side = choice.resolution or reference_of(spec)
    words = [f"α {width:g}", f"{side} px"]
    if choice.prune:
        words.append(f"{here.t('dashboard.prune')} {write_prune(choice.prune)}")
    if choice.set:
        words.append(choice.set.replace(",", ", "))
    return " · ".join(words)


def _sliders(here: Here, field: Field, spec: Spec) -> None:
    t, state = here.t, here.state
    choice: Choice = state[field]
    has_width = spec.rounding is not None
    width = choice.width if has_width else 1.0
    st.select_slider(
        t("dashboard.width"),
        widths(width),
        format_func=lambda width: f"{width:g}",
        disabled=not has_width,
        **_knob(state, field, "width", shown=width),
    )
    side = reference_of(spec)
    st.select_slider(
        t("dashboard.resolution"),
        resolutions(side, choice.resolution),
        **_knob(
            state,
            field,
            "resolution",
            shown=side if choice.resolution is None else choice.resolution,
            taken=lambda value: replace(state[field], resolution=None if value == side else value),
        ),
    )
    if not isinstance(choice.prune, tuple):
        st.select_slider(
            t("dashboard.prune"),
            prunes(choice.prune),
            format_func=lambda ratio: f"{ratio:g}",
            **_knob(state, field, "prune"),
        )
    st.text_input(
        t("dashboard.set"),
        placeholder="act=relu,se=off",
        max_chars=LONGEST,
        **_knob(
            state,
            field,
            "set",
            taken=lambda text: replace(state[field], set=FIELD["set"].parse(text)),
        ),
    )


def _knob(state: State, field: Field, name: str, shown: Any = None, taken: Any = None) -> Any:
    """Tie a widget to one knob of a variant."""
    choice: Choice = state[field]
    value = getattr(choice, name) if shown is None else shown
    return state.knob(
        field,
        part=f"_{name}",
        shown=lambda _: value,
        # of the variant as it is then: another knob of it may have been moved in the meantime
        taken=taken or (lambda value: replace(state[field], **{name: value})),
    )
