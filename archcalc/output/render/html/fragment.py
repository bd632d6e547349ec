"""Document blocks as part of a notebook or of the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from zlib import crc32

from archcalc.base.document import Block, Section
from archcalc.base.messages import messages
from archcalc.output.render.html.environment import TEMPLATES, environment, markup
from archcalc.output.render.html.layout import views_of_blocks


def fragment(blocks: Sequence[Block], language: str = "en", *, label: str = "") -> str:
    """Return blocks as HTML without styles; every text is escaped.

    ``label``: names a table that has no caption, for a screen reader.
    """
    # anchors must be unique on a page with several fragments, and deterministic
    prefix = f"b{crc32(repr(blocks).encode()):08x}-"
    views = views_of_blocks(blocks, prefix, label)
    template = environment().get_template("blocks.html")
    return template.render(views=views, t=messages(language))


def notebook_html(section: Section, language: str = "en") -> str:
    """Return a section as a notebook shows it, readable on light and on dark pages."""
    blocks = fragment(section.blocks, language, label=section.title)
    template = environment().get_template("notebook.html")
    return template.render(title=section.title, css=_css(), blocks=markup(blocks))


@cache
def _css() -> object:
    return markup((TEMPLATES / "notebook.css").read_text(encoding="utf-8").rstrip())
