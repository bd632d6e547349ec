"""Comma-separated values: the records alone, as a spreadsheet or a data frame reads them."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, ClassVar

from archcalc.base.tables import Table
from archcalc.output.formats._base import TextFormat

# A spreadsheet takes a cell that begins so for a formula, whoever wrote it; some look past
# spaces, quotes and marks that no one sees, and take the wide forms of the signs too.
_FORMULA = re.compile(
    r"[\t\r\n]"
    r"|[\s\"'\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
)
_NUMBER = re.compile(r"[-+]?[0-9.,]*%?")
"""A sign with a number, or a paper's dash alone: nothing that a spreadsheet could run."""


class Csv(TextFormat):
    """RFC 4180 with line feeds; files carry the mark by which Excel recognises UTF-8."""

    name: ClassVar[str] = "csv"
    about: ClassVar[str] = "records, for spreadsheets and data frames"
    encoding: ClassVar[str] = "utf-8-sig"

    def dumps(self, table: Table, language: str = "en") -> str:
        records = table.records()
        heads = [list(records[0])] if records else []
        return "".join(map(_line, [*heads, *(list(record.values()) for record in records)]))


def _line(values: list[Any]) -> str:
    """Return one line, its end a line feed."""
    text = io.StringIO()
    # The writer quotes what its own line end holds: with this one a lone "\r" in a cell too.
    csv.writer(text, lineterminator="\r\n").writerow(map(_cell, values))
    return text.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: Any) -> Any:
    """Return a cell that stays what it is: numbers as they are, text never a formula."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}" if _FORMULA.match(value) else value


FORMAT = Csv()
