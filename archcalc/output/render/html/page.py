"""A Document as one HTML page that needs nothing else: no request, no script.

Everything a document says is text until here; the template escapes all of it. Control characters
and whatever turns a text's direction are left out, and a name of any length is cut or folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archcalc.base.document import Cell, Column, Document
from archcalc.base.errors import MissingPackage, shorten
from archcalc.base.messages import HTML_LANG, messages
from archcalc.output.formats._base import plain
from archcalc.output.formats._ours import GENERATOR
from archcalc.output.render.fonts import STACK, embed
from archcalc.output.render.html.layout import LONG, TableView, views_of

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_SIGNS: Mapping[str, str] = {
    "reproduced": "✓",
    "erratum": "!",
    "close": "≈",
    "differs": "✗",
    "not computable": "–",
    "same": "=",
    "changed": "~",
    "removed": "−",
    "added": "+",
}
_PAGE_NUMBERS = "0123456789 /"


@dataclass(frozen=True)
class Page:
    """A finished page. ``uncovered``: its characters that the embedded fonts have no glyph for."""

    html: str
    uncovered: str = ""


def render(document: Document) -> Page:
    """Return the page of a document, the same text for the same document.

    Raises MissingPackage without Jinja2, fontTools or brotli.
    """
    template = _environment().get_template("report.html")
    t = messages(document.language)
    views = views_of(document)
    values = {
        "document": document,
        "sections": views,
        "t": t,
        "lang": HTML_LANG[document.language],
        "generator": GENERATOR,
        "css": _css(),
        "signs": _SIGNS,
    }
    # What is written decides which characters the fonts are made of, so it is written twice.
    draft = template.render(**values, fonts="", uncovered="?")
    fonts = embed(visible_text(draft) + _PAGE_NUMBERS)
    page = template.render(**values, fonts=_safe(fonts.css), uncovered=fonts.uncovered)
    return Page(page, fonts.uncovered)


def visible_text(page: str) -> str:
    """Return what a page shows of text, SVG included, and what stands in its style sheet."""
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


def cut(text: object, limit: int) -> str:
    """Return a text on one line, safe to show, of at most ``limit`` characters."""
    return shorten(plain(text), limit)


def narrow(text: object, room: int) -> str:
    """Return a text cut to a line of some characters' width, of which wide ones count two."""
    line = plain(text)
    for place, character in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return line[: max(0, place - 1)] + "…"
    return line


def css_string(text: str) -> str:
    r"""Return a text to stand between quotes in CSS.

    >>> css_string('a "b" </style>')
    'a \\22 b\\22  \\3c \\2f style\\3e '
    """
    return re.sub(r"[^A-Za-z0-9 ]", lambda match: f"\\{ord(match[0]):x} ", text)


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingPackage("a report", "Jinja2", "reports") from None

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "bar": _bar,
        "classes": _classes,
        "css_string": lambda text: _safe(css_string(text)),
        "cut": cut,
        "narrow": narrow,
        "head_classes": _head_classes,
        "row_classes": _row_classes,
        "slug": lambda text: re.sub(r"[^a-z]+", "-", str(text).lower())[:40],
    }
    return environment


@cache
def _css() -> Any:
    texts = [
        (_TEMPLATES / name).read_text(encoding="utf-8") for name in ("screen.css", "print.css")
    ]
    return _safe("".join(texts).replace("FONT-STACK", STACK))


def _safe(text: str) -> Any:
    """Mark a text of ours as one that is markup already."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - fonts, style sheets and our own pictures


def _classes(cell: Cell, column: Column) -> Any:
    wanted = {
        "figure": column.numeric,
        "wide": column.wide,
        "long": not column.wide and len(cell.text) > LONG,
        "share": cell.share is not None,
        "nil": column.numeric and not cell.text.strip("0.%"),
    }
    return _attribute("class", " ".join(name for name, is_so in wanted.items() if is_so))


def _head_classes(column: Column) -> Any:
    names = [*(["figure"] if column.numeric else []), *(["wide"] if column.wide else [])]
    return _attribute("class", " ".join(names))


def _row_classes(view: TableView, index: int) -> Any:
    return _attribute("class", view.row_classes(index))


def _bar(cell: Cell) -> Any:
    if cell.share is None:
        return ""
    # written out, since WeasyPrint reads no variable there
    share = min(1.0, max(0.0, cell.share)) * 100
    return _attribute("style", f"background-size:{share:.1f}% 74%")


def _attribute(name: str, value: str) -> Any:
    return _safe(f' {name}="{value}"') if value else ""
