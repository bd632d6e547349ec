"""CSV: the records, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, ClassVar

from archcalc.base.tables import Table
from archcalc.output.formats._base import TextFormat

# A spreadsheet reads a cell that begins so as a formula; some skip spaces, quotes and invisible
# characters, and accept the full-width forms of the signs.
_FORMULA = re.compile(
    r"[\t\r\n]"
    r"|[\s\"'\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
)
_NUMBER = re.compile(r"[-+]?[0-9.,]*%?")
"""A sign with a number, or a paper's dash alone: not a formula."""


class Csv(TextFormat):
    """RFC 4180 with line feeds; files begin with a byte order mark, for Excel."""

    name: ClassVar[str] = "csv"
    about: ClassVar[str] = "records, for spreadsheets and data frames"
    encoding: ClassVar[str] = "utf-8-sig"

    def dumps(self, table: Table, language: str = "en") -> str:
        records = table.records()
        heads = [list(records[0])] if records else []
        return "".join(map(_line, [*heads, *(list(record.values()) for record in records)]))


def _line(values: list[Any]) -> str:
    """Return one line, ended by a line feed."""
    text = io.StringIO()
    # The writer quotes characters of its line end: with this one a lone "\r" in a cell too.
    csv.writer(text, lineterminator="\r\n").writerow(map(_cell, values))
    return text.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: Any) -> Any:
    """Return a cell; text is escaped so that it is never a formula."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}" if _FORMULA.match(value) else value


FORMAT = Csv()
