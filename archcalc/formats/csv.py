"""Comma-separated values: the records alone, as a spreadsheet or a data frame reads them."""

from __future__ import annotations

import csv
import io
from typing import Any, ClassVar

from archcalc.formats._base import TextFormat
from archcalc.tables import Table

# A spreadsheet takes a cell that begins so for a formula, whoever wrote it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Csv(TextFormat):
    """RFC 4180 with line feeds; files carry the mark by which Excel recognises UTF-8."""

    name: ClassVar[str] = "csv"
    about: ClassVar[str] = "records, for spreadsheets and data frames"
    encoding: ClassVar[str] = "utf-8-sig"

    def dumps(self, table: Table) -> str:
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
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


FORMAT = Csv()
