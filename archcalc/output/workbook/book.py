"""Writes an .xlsx file: sheets, styles and cells that formulas refer to."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from archcalc._version import __version__
from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.base.number import Formula
from archcalc.base.plain import plain

LONGEST_TEXT = 32_767
LONGEST_FORMULA = 8_192
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
_STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#1F4E79"},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True},
    "soft": {"font_color": "#595959"},
    "soft right": {"font_color": "#595959", "align": "right"},
    "aside": {"font_color": "#595959", "indent": 1},
    "soft wrap": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "head right": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F4E79",
        "text_wrap": True,
        "align": "right",
    },
    "count": {"num_format": "#,##0"},
    "soft count": {"num_format": "#,##0", "font_color": "#595959"},
    "sum": {"num_format": "#,##0", "bold": True, "top": 1},
    "sum text": {"bold": True, "top": 1},
    "percent": {"num_format": "0.00%"},
    "sum percent": {"num_format": "0.00%", "bold": True, "top": 1},
    "change": {"num_format": "+0.00%;-0.00%;0.00%"},
    "decimal": {"num_format": "0.00##"},
    "ms": {"num_format": "0.000"},
    "general": {},
    "input": {"bg_color": "#FFF2CC", "border": 1, "border_color": "#BF9000", "locked": False},
    "input share": {
        "bg_color": "#FFF2CC",
        "border": 1,
        "border_color": "#BF9000",
        "num_format": "0.00##",
        "locked": False,
    },
    "strong count": {"num_format": "#,##0", "bold": True, "font_size": 12},
    "said": {"bold": True, "font_color": "#375623"},
}
"""Named styles. Input cells are yellow, with a remark beside them."""


class Book:
    """A workbook; `data` ends it. The same cells give the same bytes."""

    def __init__(self, title: str) -> None:
        try:
            import xlsxwriter
        except ImportError:
            raise MissingPackage("a workbook", "xlsxwriter", "reports") from None
        self._file = io.BytesIO()
        # Texts of a spec are always text: never a formula, link or number.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self.writer = xlsxwriter.Workbook(self._file, options)
        self.writer.set_properties(
            {
                "title": cut_text(title)[:255],
                "author": f"archcalc {__version__}",
                "comments": f"archcalc {__version__}",
                "created": datetime(2000, 1, 1, tzinfo=UTC),
            }
        )
        self.writer.set_calc_mode("auto")
        self._styles: dict[str, Any] = {}

    def style(self, name: str) -> Any:
        """Return a style by its name."""
        if name not in self._styles:
            self._styles[name] = self.writer.add_format({**_FONT, **_STYLES[name]})
        return self._styles[name]

    def sheet(self, name: str) -> Sheet:
        """Add a sheet after the others."""
        return Sheet(self, name)

    def define(self, name: str, cell: Formula) -> Formula:
        """Give a cell a defined name, and return it as a formula."""
        self.writer.define_name(name, f"={cell}")
        return Formula(name)

    def data(self) -> bytes:
        """Close the workbook and return the file's bytes."""
        self.writer.close()
        return self._file.getvalue()


class Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: Book, name: str) -> None:
        self.book = book
        self.name = name
        self.writer = book.writer.add_worksheet(name)
        self.writer.hide_gridlines(2)
        self.writer.set_landscape()
        self.writer.set_paper(9)  # A4
        self.writer.fit_to_pages(1, 0)
        self.writer.set_footer("&L&A&R&P / &N")

    def text(self, row: int, column: int, text: object, style: str = "text") -> None:
        """Write text, never as a formula; nothing for None."""
        if text is None:
            self.writer.write_blank(row, column, None, self.book.style(style))
        else:
            self.writer.write_string(row, column, cut_text(text), self.book.style(style))

    def number(self, row: int, column: int, number: float | None, style: str = "count") -> None:
        """Write a constant number; an empty cell for None."""
        if number is None:
            self.writer.write_blank(row, column, None, self.book.style(style))
        else:
            self.writer.write_number(row, column, number, self.book.style(style))

    def put(self, row: int, column: int, value: Any, cached: Any, style: str = "count") -> None:
        """Write a formula with its cached value, or a plain number.

        Raises ArchcalcError for a formula beyond `LONGEST_FORMULA`.
        """
        if not isinstance(value, Formula):
            self.number(row, column, value, style)
            return
        if len(value.text) >= LONGEST_FORMULA:
            raise ArchcalcError(
                f"workbook: {self.name} row {row + 1} needs a formula of {len(value.text)} "
                f"characters; spreadsheets allow {LONGEST_FORMULA}"
            )
        self.writer.write_formula(row, column, f"={value}", self.book.style(style), cached)

    def here(self, row: int, column: int) -> Formula:
        """Return a reference to a cell within this sheet: H5."""
        return Formula(f"{letters(column)}{row + 1}")

    def cell(self, row: int, column: int) -> Formula:
        """Return a reference to a cell from any sheet: Layers!$H$5."""
        return Formula(f"{self._quoted}!${letters(column)}${row + 1}")

    def column(self, column: int, first: int, last: int) -> str:
        """Return a reference to a range of one column from any sheet."""
        letter = letters(column)
        return f"{self._quoted}!${letter}${first + 1}:${letter}${last + 1}"

    @property
    def _quoted(self) -> str:
        return f"'{self.name}'" if " " in self.name else self.name

    def head(
        self,
        row: int,
        names: Sequence[str],
        *,
        numbers: Collection[str] = (),
        frozen: bool = True,
        left: int = 1,
    ) -> None:
        """Write a frozen row of column heads, repeated on every printed page.

        ``numbers``: the heads of numeric columns, which are right-aligned.
        """
        for column, name in enumerate(names):
            self.text(row, column, name, "head right" if name in numbers else "head")
        if frozen:
            self.writer.freeze_panes(row + 1, left)
            self.writer.repeat_rows(row)

    def widths(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.writer.set_column(column, column, width)


def cut_text(text: object) -> str:
    """Return text that fits into a cell, with a mark where it is cut."""
    full = plain(text)
    return full if len(full) <= LONGEST_TEXT else f"{full[: LONGEST_TEXT - 1]}…"


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
