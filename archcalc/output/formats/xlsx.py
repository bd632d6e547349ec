"""Workbooks: a net's cost with live formulas, any other table with values."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.base.tables import Table, numeric_columns
from archcalc.base.units import format_exact, format_fixed
from archcalc.cost.counting.table import CostTable
from archcalc.output.formats._base import Format
from archcalc.output.workbook import Book, Sheet, to_workbook

_WIDEST = 60


class Xlsx(Format):
    """A `CostTable` is written as `to_workbook` does; other tables have title, records, notes."""

    name: ClassVar[str] = "xlsx"
    about: ClassVar[str] = "a workbook; of a net with formulas that follow width and resolution"

    def require(self) -> None:
        Book("")

    def encode(self, table: Table, language: str = "en") -> bytes:
        return to_workbook(table) if isinstance(table, CostTable) else _values(table)


def _values(table: Table) -> bytes:
    book = Book(table.title)
    sheet = book.sheet("Values")
    records = table.records()
    numeric = numeric_columns(records)
    sheet.head(0, list(numeric))
    longest = [len(name) + 3 for name in numeric]
    for row, record in enumerate(records, start=1):
        for column, (name, value) in enumerate(record.items()):
            longest[column] = max(longest[column], len(_write(sheet, row, column, value)))
            del name
    sheet.widths(*(min(_WIDEST, length + 2) for length in longest))
    if records:
        sheet.writer.autofilter(0, 0, len(records), len(numeric) - 1)
    about = book.sheet("About")
    about.widths(110)
    about.text(0, 0, table.title, "title")
    for row, line in enumerate([*table.summary(), *table.notes()], start=2):
        about.text(row, 0, line, "wrap")
    return book.data()


def _write(sheet: Sheet, row: int, column: int, value: Any) -> str:
    """Write one value by its type, and return roughly its displayed text."""
    if isinstance(value, bool):
        sheet.writer.write_boolean(row, column, value)
        return str(value)
    if isinstance(value, int):
        sheet.number(row, column, value)
        return format_exact(value)
    if isinstance(value, float):
        sheet.number(row, column, value, "decimal")
        return format_fixed(value, 4)
    sheet.text(row, column, value)
    return "" if value is None else str(value)


FORMAT = Xlsx()
