"""Comma-separated values: the records alone, as a spreadsheet or a data frame reads them."""

from __future__ import annotations

import csv
import io
from typing import Any, ClassVar

from archcalc.formats._base import Format
from archcalc.tables import Table

# A spreadsheet takes a cell that begins so for a formula, whoever wrote it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Csv(Format):
    """RFC 4180 with line feeds; files carry the mark by which Excel recognises UTF-8."""

    name: ClassVar[str] = "csv"
    about: ClassVar[str] = "records, for spreadsheets and data frames"
    encoding: ClassVar[str] = "utf-8-sig"

    def dumps(self, table: Table) -> str:
        records = table.records()
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if records:
            writer.writerow(_cell(name) for name in records[0])
        for record in records:
            writer.writerow(_cell(value) for value in record.values())
        return text.getvalue()


def _cell(value: Any) -> Any:
    """Return a cell that stays what it is: numbers as they are, text never a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


FORMAT = Csv()
