"""Lessons: what the building blocks do, each with knobs and real numbers."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.lessons.parts import lesson_module, lesson_names
from dashboard.kit.offer import offer
from dashboard.shell.fields import choice_field
from dashboard.shell.here import Here

LESSON = choice_field("lesson", lesson_names())

FIELDS = (LESSON, *(field for name in lesson_names() for field in lesson_module(name).FIELDS))

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the lesson that is open."""
    head = st.container(horizontal=True, vertical_alignment="bottom")
    with head:
        st.title(here.say("title"), anchor=False)
    st.segmented_control(
        here.say("lesson"),
        lesson_names(),
        format_func=lambda name: here.say(f"{name}_title"),
        required=True,
        **here.state.knob(LESSON),
    )
    name = here.state[LESSON]
    st.markdown(here.say(f"{name}_about"))
    files = lesson_module(name).show(here)
    if files:
        with head:
            offer(here, lambda: files)
