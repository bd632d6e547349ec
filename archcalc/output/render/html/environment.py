"""The HTML templates, one per kind of block; every text is escaped by Jinja2 and cut to fit.

Control characters and marks of text direction are left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archcalc.base.document import Cell, Column
from archcalc.base.errors import shorten
from archcalc.base.names import MARKS
from archcalc.base.plain import plain
from archcalc.output.render.html.layout import LONG, TableView

if TYPE_CHECKING:
    from jinja2 import Environment

_WORDS = 24
"""Characters of a cell that need no room of their own."""

TEMPLATES = Path(__file__).parent / "templates"


def cut(text: object, limit: int) -> str:
    """Return a text on one line, safe to show, of at most ``limit`` characters."""
    return shorten(plain(text), limit)


def narrow(text: object, room: int) -> str:
    """Return a text cut to ``room`` characters, of which wide ones count two."""
    line = plain(text)
    for place, character in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return line[: max(0, place - 1)] + "…"
    return line


def css_string(text: str) -> str:
    r"""Return a text for a quoted CSS string.

    >>> css_string('a "b" </style>')
    'a \\22 b\\22  \\3c \\2f style\\3e '
    """
    return re.sub(r"[^A-Za-z0-9 ]", lambda match: f"\\{ord(match[0]):x} ", text)


@cache
def environment() -> Environment:
    """Return the environment of the templates; made once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "bar": _bar,
        "classes": _classes,
        "css_string": lambda text: markup(css_string(text)),
        "cut": cut,
        "narrow": narrow,
        "head_classes": _head_classes,
        "row_classes": _row_classes,
        "signs": lambda badge: MARKS[badge].sign if badge in MARKS else "·",
        "slug": slug,
    }
    return made


def slug(text: object) -> str:
    """Return a text as the name of a CSS class."""
    return re.sub(r"[^a-z]+", "-", str(text).lower())[:40]


def markup(text: str) -> Any:
    """Mark a text of our own as markup."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - fonts, style sheets and our own pictures


def _classes(cell: Cell, column: Column) -> Any:
    wanted = {
        "figure": column.numeric,
        # room for sentences; a column of words is as wide as they are
        "wide": column.wide and len(cell.text) > _WORDS,
        "long": not column.wide and len(cell.text) > LONG,
        "share": cell.share is not None,
        "nil": column.numeric and not cell.text.strip("0.%"),
    }
    return _attribute("class", " ".join(name for name, is_so in wanted.items() if is_so))


def _head_classes(column: Column) -> Any:
    return _attribute("class", "figure" if column.numeric else "")


def _row_classes(view: TableView, index: int) -> Any:
    return _attribute("class", view.row_classes(index))


def _bar(cell: Cell) -> Any:
    if cell.share is None:
        return ""
    # written out, since WeasyPrint reads no variable there
    share = min(1.0, max(0.0, cell.share)) * 100
    return _attribute("style", f"background-size:{share:.1f}% 74%")


def _attribute(name: str, value: str) -> Any:
    return markup(f' {name}="{value}"') if value else ""
