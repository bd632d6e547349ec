"""What stands around every page: navigation, language, faults of the link, the frame of errors."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from archcalc.messages import LANGUAGES, Messages, messages
from dashboard._errors import guarded, show_faults
from dashboard._here import Here
from dashboard._pages import page_module, page_names
from dashboard._state import State
from dashboard._theme import apply_style
from dashboard.views.choice import LANGUAGE

ICON = Path(__file__).parent / "icon.svg"
_HISTORY = Path(__file__).parent / "history.js"


def main() -> None:
    """Show the page that the address names."""
    state = State()
    t = messages(state[LANGUAGE])
    st.set_page_config(page_title="archcalc", page_icon=str(ICON), layout="wide")
    apply_style(t)
    pages = {
        name: st.Page(
            partial(_show, name, state),
            title=t(f"dashboard_{name}.title"),
            url_path=name,
            default=index == 0,
        )
        for index, name in enumerate(page_names())
    }
    shown = st.navigation(list(pages.values()), position="top")
    going = state.going()
    if going is not None:
        st.switch_page(pages[going])
    shown.run()
    _heed_history(t, state)
    state.keep()


def _heed_history(t: Messages, state: State) -> None:
    """Let the browser's back and forward restore what the address says, as a pasted link does."""
    with st.container(key="restore"):  # style.css hides it: history.js clicks it
        st.button(t("dashboard.restore"), on_click=state.restore)
    st.html(
        f"<script>{_HISTORY.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True
    )


def _show(name: str, state: State) -> None:
    module = page_module(name)
    state.use(getattr(module, "FIELDS", ()))
    here = Here(name, messages(state[LANGUAGE]), state)
    show_faults(here.t, state)
    guarded(partial(module.show, here), here.t, state)
    with st.sidebar:
        _language(here)


def _language(here: Here) -> None:
    st.segmented_control(
        here.t("dashboard.language"),
        tuple(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        required=True,
        **here.state.knob(LANGUAGE),
    )
