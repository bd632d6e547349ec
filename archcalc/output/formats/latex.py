r"""LaTeX: tables in the style of booktabs, ready to paste; those of many rows run over pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from archcalc.base.errors import shorten
from archcalc.base.plain import cell_text, plain
from archcalc.base.tables import Record, Table, is_number, without_empty_columns
from archcalc.output.formats._base import TextFormat
from archcalc.output.formats._tex_text import OTHER, escape

_LINES_OF_A_PAGE = 44
_LONGEST_OF_A_PAGE = 300
_LONGEST_CELL = 1000
_LONG = 40
"""Characters of a cell beyond which its column takes several lines."""
_LONGEST_CAPTION = 500
_NOTE = r"\par\smallskip\noindent\footnotesize "


class Latex(TextFormat):
    r"""Needs array, booktabs, graphicx, and longtable for tables of more rows than a page has.

    A table that is wider than the page is made smaller, and numbers stand to the right. Notes are
    set below the table, in small type.
    """

    name: ClassVar[str] = "tex"
    about: ClassVar[str] = "title, table and notes, for papers"

    def dumps(self, table: Table) -> str:
        body = "\n".join(_tables(table.for_people()))
        packages = ["array", "booktabs", "graphicx", "longtable"]
        used = [name for name in packages if _SIGNS_OF[name] in body]
        head = [rf"% \usepackage{{{', '.join(used)}}}"] if used else []
        if r"\archcalcother" in body:
            head += OTHER
        return "\n".join([*head, body]) + "\n"


_SIGNS_OF = {
    "array": r"\arraybackslash",
    "booktabs": r"\toprule",
    "graphicx": r"\resizebox",
    "longtable": r"\begin{longtable}",
}


def _tables(table: Table) -> Iterator[str]:
    table = without_empty_columns(table)
    records = table.records()
    title = plain(table.title)
    # TeX can measure no caption of pages; what is cut off it stands below
    whole = [title] if len(title) > _LONGEST_CAPTION else []
    notes = [*whole, *table.summary(), *table.notes()]
    if not records:
        yield rf"\paragraph{{{_caption(table)}}}"
        yield from (rf"{_NOTE}{escape(plain(note))}\par" for note in notes)
    elif _fits_a_page(table, records, notes):
        yield from _floating(table, records, notes)
    else:
        yield from _over_pages(table, records, notes)
    for part in table.further():
        yield ""
        yield from _tables(part)


def _fits_a_page(table: Table, records: Sequence[Record], notes: Sequence[str]) -> bool:
    rows = len(records) + len(table.foot())
    lines = sum(1 + len(note) // 100 for note in notes)
    longest = max(len(cell_text(value)) for record in records for value in record.values())
    return rows + lines <= _LINES_OF_A_PAGE and longest <= _LONGEST_OF_A_PAGE


def _floating(table: Table, records: Sequence[Record], notes: Sequence[str]) -> Iterator[str]:
    columns = _columns(table, records)
    yield r"\begin{table}[htbp]"
    yield r"\centering"
    yield rf"\caption{{{_caption(table)}}}"
    yield rf"\label{{{_label(table.title)}}}"
    if "p{" in columns:  # it has the width of the page
        yield r"\small"
        before, after = "", ""
    else:
        # a box is as wide as it is, and no wider than the text
        before = r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%" + "\n"
        after = "}"
    yield rf"{before}\begin{{tabular}}{{{columns}}}"
    yield r"\toprule"
    yield _head(table)
    yield r"\midrule"
    yield from _rows(table, records)
    yield r"\bottomrule"
    yield rf"\end{{tabular}}{after}"
    if notes:
        yield r"\begin{minipage}{\linewidth}"
        yield from (rf"{_NOTE}{escape(plain(note))}" for note in notes)
        yield r"\end{minipage}"
    yield r"\end{table}"


def _over_pages(table: Table, records: Sequence[Record], notes: Sequence[str]) -> Iterator[str]:
    head = [r"\toprule", _head(table), r"\midrule"]
    yield r"{\footnotesize\setlength{\tabcolsep}{3pt}"
    yield rf"\begin{{longtable}}{{{_columns(table, records)}}}"
    yield rf"\caption{{{_caption(table)}}}\label{{{_label(table.title)}}} \\"
    yield from (*head, r"\endfirsthead", *head, r"\endhead", r"\bottomrule", r"\endlastfoot")
    yield from _rows(table, records)
    yield r"\end{longtable}"
    yield from (rf"\noindent {escape(plain(note))}\par" for note in notes)
    yield "}"


def _rows(table: Table, records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        yield _row(map(_cell, record.values()))
    if table.foot():
        yield r"\midrule"
    for record in table.foot():
        yield _row(map(_cell, record.values()))


def _head(table: Table) -> str:
    return _row(escape(plain(name).strip()) for name in table.numeric())


def _columns(table: Table, records: Sequence[Record]) -> str:
    """Return the kinds of the columns: "lrr", or with columns of several lines."""
    numeric = table.numeric()
    rows = [*records, *table.foot()]
    longest = {
        name: max(len(name), *(len(cell_text(row[name])) for row in rows)) for name in numeric
    }
    wide = [name for name in numeric if longest[name] > _LONG]
    # what the others leave of the width, where a character takes about 1.2 % of it
    share = max(0.9 - 0.012 * sum(longest[name] for name in numeric if name not in wide), 0.25)
    kinds = []
    for name in numeric:
        if name in wide:
            part = share / len(wide)
            kinds.append(rf">{{\raggedright\arraybackslash}}p{{{part:.2f}\linewidth}}")
        else:
            kinds.append("r" if numeric[name] else "l")
    return "".join(kinds)


def _caption(table: Table) -> str:
    return escape(shorten(plain(table.title), _LONGEST_CAPTION))


def _label(title: str) -> str:
    """Return a name to refer to: ASCII letters, digits and hyphens."""
    words = re.findall(r"[A-Za-z0-9.]+", plain(title))
    return f"tab:{'-'.join(words)[:60].strip('-').lower()}"


def _row(cells: Iterable[str]) -> str:
    # A row that begins with a bracket would be read as the argument of the \\ before it.
    written = [f"{{}}{cell}" if cell.startswith(("[", "*")) else cell for cell in cells]
    return " & ".join(written) + r" \\"


def _cell(value: Any) -> str:
    text = escape(shorten(cell_text(value), _LONGEST_CELL))
    return f"$-${text[1:]}" if is_number(value) and text.startswith("-") else text


FORMAT = Latex()
