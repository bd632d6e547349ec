"""A Document as one self-contained HTML page: no requests, no scripts.

The templates escape all text of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

from archcalc.base.document import Document
from archcalc.base.messages import HTML_LANG, messages
from archcalc.base.names import MARKS
from archcalc.output.files.ours import GENERATOR
from archcalc.output.render.fonts import STACK, embed
from archcalc.output.render.html.environment import TEMPLATES, environment, markup, slug
from archcalc.output.render.html.layout import views_of

_PAGE_NUMBERS = "0123456789 /"


@dataclass(frozen=True)
class Page:
    """A finished page. ``uncovered``: its characters without a glyph in the embedded fonts."""

    html: str
    uncovered: str = ""


def render(document: Document) -> Page:
    """Return the page of a document, the same text for the same document.

    Raises MissingPackage without fontTools or brotli.
    """
    template = environment().get_template("report.html")
    t = messages(document.language)
    views = views_of(document)
    values = {
        "document": document,
        "sections": views,
        "t": t,
        "lang": HTML_LANG[document.language],
        "generator": GENERATOR,
        "css": _css(),
    }
    # The text decides the characters of the embedded fonts.
    page = template.render(**values, uncovered="")
    fonts = embed(visible_text(page) + _PAGE_NUMBERS)
    if fonts.uncovered:
        page = template.render(**values, uncovered=fonts.uncovered)
        fonts = embed(visible_text(page) + _PAGE_NUMBERS)
    # Escaped text has no tags: the first <style> is the template's own.
    return Page(page.replace("<style>", f"<style>\n{fonts.css}", 1), fonts.uncovered)


def visible_text(page: str) -> str:
    """Return the visible text of a page, SVG included, and that of its style sheet."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return " ".join(reader.found)


class _Reader(HTMLParser):
    """Collects text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@cache
def _css() -> Any:
    texts = [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("screen.css", "print.css")]
    return markup("".join([*map(_badge_css, MARKS), *texts]).replace("FONT-STACK", STACK))


def _badge_css(badge: str) -> str:
    """Return the colours of a badge as CSS variables and a rule."""
    name, mark = slug(badge), MARKS[badge]
    return (
        f":root {{ --{name}: {mark.ink}; --{name}-tint: {mark.tint} }}\n"
        f".badge.{name} {{ background: var(--{name}-tint); color: var(--{name}) }}\n"
    )
