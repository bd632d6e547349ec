"""Lessons: what the building blocks do, each with knobs and real numbers.

A lesson is a file ``show_NAME.py`` here, as a page is: ``show(here)``, and the ``FIELDS`` that it
keeps; its ``data_NAME.py`` is beside it. torch and scikit-learn are imported when it is shown.
"""

from __future__ import annotations

import importlib
from types import ModuleType

import streamlit as st

from dashboard.kit.widgets import choose, offer, show_head
from dashboard.shell.fields import choice_field
from dashboard.shell.here import Here
from dashboard.shell.pages import part_names

_FIRST = ("separable", "activations", "squeeze_excite", "relu_manifold")


def lesson_names() -> list[str]:
    """Return the names of the lessons, in the order of the screen."""
    return part_names(__package__, "show", _FIRST)


def lesson_module(name: str) -> ModuleType:
    """Return a lesson's file."""
    return importlib.import_module(f"dashboard.app_pages.lessons.show_{name}")


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
