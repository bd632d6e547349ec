"""What stands around every page: navigation, language, faults of the link, the frame of errors."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import streamlit as st

from archcalc.base.messages import HTML_LANG, LANGUAGES, messages
from dashboard.shell.choice import LANGUAGE
from dashboard.shell.errors import guarded, show_faults
from dashboard.shell.here import Here
from dashboard.shell.pages import page_module, page_names
from dashboard.shell.state import State

ICON = Path(__file__).parent / "icon.svg"
_ROOT = "root"
"""Stands for no path: the first page is served at "/"."""
_HISTORY = Path(__file__).parent / "history.js"


def main(root: str | None = None) -> None:
    """Show the page that the address names; ``root``: the one at "/", by default the first."""
    names = page_names()
    first = root or names[0]
    state = State()
    t = messages(state[LANGUAGE])
    st.set_page_config(page_title="archcalc", page_icon=str(ICON), layout="wide")
    pages = {
        name: st.Page(
            partial(_show, name, state),
            title=t(f"dashboard_{name}.title"),
            url_path=_ROOT if name == first else name,
            default=name == first,
        )
        for name in names
    }
    # the first page stands at "/", and is looked for under its name too
    named = st.Page(
        partial(_show, first, state),
        title=pages[first].title,
        url_path=first,
        visibility="hidden",
    )
    shown = st.navigation([*pages.values(), named], position="top")
    if shown is named:
        st.switch_page(pages[first], query_params=st.query_params.to_dict())
    going = state.going()
    if going is not None:
        st.switch_page(pages[going])
    shown.run()
    state.keep()


def _show(name: str, state: State) -> None:
    module = page_module(name)
    state.use(getattr(module, "FIELDS", ()))
    here = Here(name, messages(state[LANGUAGE]), state)
    show_faults(here.t, state)
    guarded(partial(module.show, here), here.t, state)
    with st.sidebar:
        _language(here)
    _tell_browser(here)


def _language(here: Here) -> None:
    st.segmented_control(
        here.t("dashboard.language"),
        tuple(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        required=True,
        **here.state.knob(LANGUAGE),
    )


def _tell_browser(here: Here) -> None:
    """Name the page's language, let back and forward restore what the address says.

    style.css writes the word for the knobs on the button that opens the sidebar.
    """
    with st.container(key="restore"):  # style.css hides it: history.js clicks it
        st.button(here.t("dashboard.restore"), on_click=here.state.restore)
    words = json.dumps(json.dumps(here.t("dashboard.knobs"), ensure_ascii=False))
    language = f"""
        document.documentElement.lang = "{HTML_LANG[here.t.language]}";
        document.documentElement.style.setProperty("--knobs", {words});"""
    # the name has the script run anew on every page
    script = f"/* {here.name} */ {language} {_HISTORY.read_text(encoding='utf-8')}"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
