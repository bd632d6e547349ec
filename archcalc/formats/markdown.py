"""Markdown (GitHub's tables): title, summary, table, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from archcalc.formats._base import TextFormat
from archcalc.plain import cell_text, plain
from archcalc.tables import Table

# An underscore inside a word is one; elsewhere it would begin emphasis.
_SPECIAL = re.compile(r"[\\`*\[\]<>|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


class Markdown(TextFormat):
    """A heading, a table with numbers to the right, and the notes as a list."""

    name: ClassVar[str] = "md"
    about: ClassVar[str] = "title, table and notes, for people"

    def dumps(self, table: Table) -> str:
        return "\n".join(_lines(table.for_people())) + "\n"


def _lines(table: Table, depth: int = 1) -> Iterator[str]:
    records, numeric = table.records(), table.numeric()
    yield f"{'#' * depth} {escape(plain(table.title))}"
    for line in table.summary():
        yield ""
        yield escape(plain(line))
    if records:
        yield ""
        yield _row(escape(plain(name).strip()) for name in numeric)
        yield _row("---:" if number else "---" for number in numeric.values())
        for record in records:
            yield _row(_cell(value) for value in record.values())
        for record in table.foot():
            yield _row(_strong(value) for value in record.values())
    notes = table.notes()
    if notes:
        yield ""
        yield from (f"- {escape(plain(note))}" for note in notes)
    for part in table.further():
        yield ""
        yield from _lines(part, depth + 1)


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it stands.

    >>> print(escape("a|b *c* mobilenet_v2 _x"))
    a\|b \*c\* mobilenet_v2 \_x
    """
    return _SPECIAL.sub(r"\\\g<0>", text)


def _cell(value: Any) -> str:
    return escape(cell_text(value))


def _strong(value: Any) -> str:
    text = _cell(value)
    return f"**{text}**" if text else text


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |"


FORMAT = Markdown()
