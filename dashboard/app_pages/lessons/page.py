"""Lessons: what the building blocks do, each with knobs and real numbers."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.lessons.parts import lesson_module, lesson_names
from dashboard.kit.widgets import choose, offer, show_head
from dashboard.shell.fields import choice_field
from dashboard.shell.here import Here

LESSON = choice_field("lesson", lesson_names())

FIELDS = (LESSON, *(field for name in lesson_names() for field in lesson_module(name).FIELDS))

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the lesson that is open."""
    head = show_head(here, here.say("title"))
    choose(here, LESSON, here.say("lesson"), lambda name: here.say(f"{name}_title"))
    name = here.state[LESSON]
    st.markdown(here.say(f"{name}_about"))
    files = lesson_module(name).show(here)
    if files:
        with head:
            offer(here, lambda: files)
