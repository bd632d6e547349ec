"""Values as plain text: what documents, screens and notebooks write in a cell."""

from __future__ import annotations

import unicodedata
from typing import Any

from archcalc.base.units import format_decimal, format_exact


def plain(text: object) -> str:
    """Return text on one line, without what would steer a terminal or a text's direction.

    Names and notes come from spec files, and an escape sequence in one must not reach a screen.

    >>> plain("a\\x1b[31m\\nb")
    'a[31m b'
    """
    text = str(text)
    if text.isprintable():  # nearly all are, and hold neither such a character nor odd spaces
        return text
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept)


def cell_text(value: Any) -> str:
    """Write a cell for people: digits grouped, nothing for None.

    >>> cell_text(300774272), cell_text(9.5), cell_text(None), cell_text(True)
    ('300,774,272', '9.5', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return format_exact(value)
    return format_decimal(value, 7) if isinstance(value, float) else plain(value)
