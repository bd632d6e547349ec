"""HTML on a page: blocks of the document model, templates of a page's own, places to click.

Every text is escaped by the templates. A browser draws HTML as soon as it has it; a chart of
Vega-Lite's takes it half a second to begin.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from archcalc.base.document import Block
from archcalc.base.messages import Messages
from archcalc.output.render.html.environment import environment
from archcalc.output.render.html.fragment import fragment

if TYPE_CHECKING:
    from jinja2 import Template

_PICKED = "picked"
_linked = st.components.v2.component(
    "linked",
    html='<div class="linked"></div>',
    js=(Path(__file__).parent / "linked.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_blocks(t: Messages, *blocks: Block) -> None:
    """Show tables, headings, paragraphs and facts; a table scrolls sideways where it must."""
    st.html(f'<div class="blocks">{fragment(blocks, t.language)}</div>')


def show_template(beside: str, name: str, t: Messages, **values: Any) -> None:
    """Show a template with some values; ``beside``: a file in the same folder."""
    st.html(filled(beside, name, t, **values))


def filled(beside: str, name: str, t: Messages, **values: Any) -> str:
    """Return a template as HTML; it may use the macros of ``cells.html``, such as ``badge``."""
    return _template(Path(beside).parent / name).render(t=t, **values)


@cache
def _template(path: Path) -> Template:
    return environment().from_string(path.read_text(encoding="utf-8"))


def show_linked(html: str, key: str, picked: Callable[[str], None] | None = None) -> None:
    """Show HTML whose texts are escaped; ``picked`` is called with the ``data-at`` of a click."""

    def clicked() -> None:
        at = st.session_state[key][_PICKED]
        if at is not None and picked is not None:
            picked(at)

    # bytes go as they are: of a text Streamlit asks pandas whether it is a table, and imports it
    _linked(key=key, data=html.encode(), on_picked_change=clicked)
