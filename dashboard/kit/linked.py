"""HTML of a page's own in which places are clicked: charts of boxes, tables, a line to copy.

A browser draws it as soon as it has it; a chart of Vega-Lite's takes it half a second to begin.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_PICKED = "picked"
_linked = st.components.v2.component(
    "linked",
    html='<div class="linked"></div>',
    js=(Path(__file__).parent / "linked.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_linked(html: str, key: str, picked: Callable[[str], None] | None = None) -> None:
    """Show HTML whose texts are escaped; ``picked`` is called with the ``data-at`` of a click."""

    def clicked() -> None:
        at = st.session_state[key][_PICKED]
        if at is not None and picked is not None:
            picked(at)

    # bytes go as they are: of a text Streamlit asks pandas whether it is a table, and imports it
    _linked(key=key, data=html.encode(), on_picked_change=clicked)
