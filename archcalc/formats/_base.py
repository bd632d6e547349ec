"""What every format offers, and what the text formats share."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from archcalc.formats._ours import sealed
from archcalc.tables import Record, Table


class Format(ABC):
    """A way to write a table to a file."""

    name: ClassVar[str]
    """Its name on the command line, and the suffix of its files without the dot."""
    about: ClassVar[str]
    """What it holds, in a few words."""

    def require(self) -> None:
        """Raise MissingPackage where it needs a package that is not installed."""
        return

    @abstractmethod
    def encode(self, table: Table) -> bytes:
        """Return the table as a file's bytes, which say who wrote them where they can."""


class TextFormat(Format):
    """A format that a terminal can show too."""

    encoding: ClassVar[str] = "utf-8"

    @abstractmethod
    def dumps(self, table: Table) -> str:
        """Return the table as text that ends with a line break."""

    def encode(self, table: Table) -> bytes:
        return sealed(self.dumps(table), self.name).encode(self.encoding)


def plain(text: object) -> str:
    """Return text on one line, without what would steer a terminal or a text's direction.

    Names and notes come from spec files, and an escape sequence in one must not reach a screen.

    >>> plain("a\\x1b[31m\\nb")
    'a[31m b'
    """
    kept = (
        " " if character.isspace() else character
        for character in str(text)
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept)


def is_number(value: Any) -> bool:
    """Tell whether a cell holds a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def numeric_columns(records: Sequence[Record]) -> dict[str, bool]:
    """Return for each column whether it holds numbers: such columns are right-aligned."""
    if not records:
        return {}
    return {
        name: any(is_number(record[name]) for record in records)
        and all(record[name] is None or is_number(record[name]) for record in records)
        for name in records[0]
    }


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
        return f"{value:,}"
    return f"{value:.7g}" if isinstance(value, float) else plain(value)
