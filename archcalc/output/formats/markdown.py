"""Markdown (GitHub's tables): title, summary, table, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from archcalc.base.plain import cell_text, plain
from archcalc.base.tables import Table
from archcalc.output.formats._base import TextFormat

# An underscore inside a word is one; elsewhere it would begin emphasis. Two braces, or one with a
# percent sign, are what site generators read; a dollar sign begins a formula on some sites.
_SPECIAL = re.compile(r"[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=\{)[{%]")
_BLOCK = re.compile(r"^[#+\-=](?![0-9])|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]|(?<=^[0-9]{3})[.)]")
"""What begins a heading, a rule or a list where it begins a line."""
_LAST_HEADING_LEVEL = 6


class Markdown(TextFormat):
    """A heading, a table with numbers to the right, and the notes as a list."""

    name: ClassVar[str] = "md"
    about: ClassVar[str] = "title, table and notes, for people"

    def dumps(self, table: Table) -> str:
        return "\n".join(_lines(table.for_people())) + "\n"


def _lines(table: Table, depth: int = 1) -> Iterator[str]:
    records, numeric = table.records(), table.numeric()
    # signs at a heading's end would belong to its mark
    title = re.sub(r"(?=#+$)", r"\\", line(table.title), count=1)
    yield f"{'#' * min(depth, _LAST_HEADING_LEVEL)} {title}"
    for text in table.summary():
        yield ""
        yield line(text)
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
        yield from (f"- {line(note)}" for note in notes)
    for part in table.further():
        yield ""
        yield from _lines(part, depth + 1)


def line(text: str) -> str:
    r"""Return a line of text that Markdown shows as it stands, wherever it stands.

    >>> print(line("- a_b"), line("1. a"), line("-7"))
    \- a_b 1\. a -7
    """
    return _BLOCK.sub(r"\\\g<0>", escape(plain(text).strip()))


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
