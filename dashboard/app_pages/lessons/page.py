"""Lessons: what the building blocks do, each with knobs and real numbers.

A lesson is a file ``show_NAME.py`` here, as a page is: ``show(here)``, and the ``FIELDS`` that it
keeps; its ``data_NAME.py`` is beside it. torch and scikit-learn are imported when it is shown.
"""

from __future__ import annotations

import streamlit as st

from dashboard.kit.widgets import choose, offer, show_head
from dashboard.shell.fields import choice_field
from dashboard.shell.here import Here
from dashboard.shell.pages import parts

_LESSONS = parts(
    "dashboard.app_pages.lessons",
    "show",
    ("separable", "activations", "squeeze_excite", "relu_manifold"),
)
LESSON = choice_field("lesson", tuple(_LESSONS))

FIELDS = (LESSON, *(field for lesson in _LESSONS.values() for field in lesson.FIELDS))

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the lesson that is open."""
    head = show_head(here, here.say("title"))
    choose(here, LESSON, here.say("lesson"), lambda name: here.say(f"{name}_title"))
    name = here.state[LESSON]
    st.markdown(here.say(f"{name}_about"))
    files = _LESSONS[name].show(here)
    if files:
        with head:
            offer(here, lambda: files)
