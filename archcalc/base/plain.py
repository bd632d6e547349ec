"""Values as plain text, for the cells of documents, terminals and notebooks."""

from __future__ import annotations

import unicodedata
from typing import Any

from archcalc.base.units import format_decimal, format_exact


def plain(text: object) -> str:
    """Return text on one line, without control characters or marks of text direction.

    Names and notes come from spec files: an escape sequence in one must not reach a terminal.

    >>> plain("a\\x1b[31m\\nb")
    'a[31m b'
    """
    text = str(text)
    if text.isprintable():  # nearly every text: the fast path
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
