"""A page that fails says what happened and how to go on; the rest of the app stands."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

import streamlit as st

from archcalc import ArchcalcError
from archcalc.base.messages import Messages
from dashboard.shell.state import State

REFUSED, FAILED = "page_refused", "page_failed"
"""Keys of the two boxes, which tests look for."""


def guarded(run: Callable[[], None], t: Messages, state: State) -> None:
    """Run a page. What it cannot do is said in a box, with a button that puts the knobs back."""
    try:
        run()
        state.worked()
    except ArchcalcError as error:
        with st.container(key=REFUSED):
            st.warning(f"{t('dashboard.refused')}\n\n{literal(str(error))}")
            _way_on(t, state)
    except Exception as error:
        logging.getLogger(__name__).exception("a page of the dashboard failed")
        with st.container(key=FAILED):
            st.error(t("dashboard.failed"))
            _way_on(t, state)
            with st.expander(t("dashboard.details")):
                st.code("".join(traceback.format_exception(error)), language=None)


def show_faults(t: Messages, state: State) -> None:
    """Say which values of a pasted link were ignored."""
    faults = state.faults
    if faults:
        lines = [
            f"- `{fault.name}`: {literal(fault.why.removeprefix(f'{fault.name}: '))}"
            for fault in faults
        ]
        st.warning("\n".join([t("dashboard.link_ignored"), "", *lines]))


def _way_on(t: Messages, state: State) -> None:
    with st.container(horizontal=True):
        if state.has_worked:
            st.button(t("dashboard.step_back"), on_click=state.step_back, type="primary")
        st.button(t("dashboard.reset"), on_click=state.reset)


def literal(text: str) -> str:
    """Return text as Markdown that shows it as it is, on one line a paragraph."""
    special = "\\`*_{}[]()<>#+-.!|~$:^="
    lines = ("".join(f"\\{c}" if c in special else c for c in line) for line in text.split("\n"))
    return "\n\n".join(lines)
