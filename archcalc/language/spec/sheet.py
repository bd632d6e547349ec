"""A spec's rows as an editable sheet of texts, and back into a document.

A row has its cells in the columns and its keywords in the last one, ``also``. Where the spec has
no header, the common keywords are columns. A group or an ``extends`` row is in ``also`` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archcalc.base.errors import SpecError
from archcalc.language.spec.include import Included
from archcalc.language.spec.lines import Entry, Repeat, each_line
from archcalc.language.spec.spec import Spec
from archcalc.language.spec.yaml import read
from archcalc.language.spec.yaml_tree import plain_scalar
from archcalc.language.spec.yaml_write import write, write_value

ALSO = "also"
_MOST_COLUMNS = 12
"""Columns of a table of keyword rows; rarer keywords are in ``also``."""
_GROUPS = ("repeat", "rows", "extends")


@dataclass(frozen=True)
class Sheet:
    """Rows of texts under ``columns``, the last of which is ``also``.

    ``header``: whether the columns are the spec's own; else they are the keywords of its rows. An
    empty text is no cell; "~" is the paper's "-".
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header: bool = True

    def to_rows(self) -> list[Any]:
        """Return the rows as in a document, without empty ones."""
        return [self._row(row) for row in self.rows if any(row)]

    def kept(self) -> list[int]:
        """Return the numbers, from 0, of the rows that are not empty."""
        return [index for index, row in enumerate(self.rows) if any(row)]

    def _row(self, row: Sequence[str]) -> Any:
        *cells, also = row
        keywords = _value(also if also.lstrip().startswith("{") else f"{{{also}}}") if also else {}
        if not any(cells):
            return keywords
        if not self.header:
            stated = {name: _value(text) for name, text in zip(self.columns, cells, strict=False)}
            own = {name: value for name, value in stated.items() if value is not None}
            return {**own, **keywords} if isinstance(keywords, Mapping) else {**own, ALSO: also}
        values = [_value(text) if text else None for text in cells]
        return [*values, keywords] if keywords else values


def sheet_of(document: Mapping[str, Any]) -> Sheet:
    """Return the rows of a document as texts. Its ``rows`` must be a list."""
    header = document.get("columns")
    if isinstance(header, list) and header:
        columns = [str(name) for name in header]
        rows = [_cells(row, len(columns)) for row in document["rows"]]
        return Sheet((*columns, ALSO), tuple(rows))
    alone = [row for row in document["rows"] if _is_keywords(row)]
    used = Counter(key for row in alone for key in row)
    columns = [key for key, _ in used.most_common(_MOST_COLUMNS)]
    order = [key for row in alone for key in row]
    columns.sort(key=order.index)
    rows = [_keywords(row, columns) for row in document["rows"]]
    return Sheet((*columns, ALSO), tuple(rows), header=False)


def with_sheet(document: Mapping[str, Any], sheet: Sheet) -> str:
    """Return the text of a document with the rows of a sheet in place of its own."""
    return write({**document, "rows": sheet.to_rows()})


def row_lines(text: str) -> list[range]:
    """Return the lines of each row of a spec's text; [] where it cannot be read."""
    try:
        rows = read(text, "").get("rows")
    except SpecError:
        return []
    lines = list(getattr(rows, "lines", ()))
    end = len(text.splitlines()) + 1
    return [range(a, b) for a, b in zip(lines, [*lines[1:], end], strict=True)]


def row_numbers(spec: Spec) -> list[frozenset[int]]:
    """Return for each row of a valid spec its row numbers in the nodes.

    A group has those of all its rows, and an ``extends`` row those of the included rows.
    """
    return [frozenset(_numbers(row)) for row in spec.table_rows()]


def _numbers(row: Entry | Included) -> list[int]:
    if isinstance(row, Included):
        return list(range(row.row.number, row.row.number + len(row.ids)))
    if isinstance(row, Repeat):
        return [line.number for line in each_line(row.rows)]
    return [line.number for line in each_line([row])]


def _is_keywords(row: Any) -> bool:
    return isinstance(row, Mapping) and not any(key in row for key in _GROUPS)


def _cells(row: Any, columns: int) -> tuple[str, ...]:
    if not isinstance(row, list):
        return (*[""] * columns, _flow(row))
    keywords = row[-1] if row and isinstance(row[-1], Mapping) else None
    texts = [_text(value) for value in (row if keywords is None else row[:-1])]
    texts = [*texts, *["~"] * (columns - len(texts))][:columns]
    return (*texts, "" if keywords is None else _flow(keywords))


def _keywords(row: Any, columns: Sequence[str]) -> tuple[str, ...]:
    if not _is_keywords(row):
        return (*[""] * len(columns), _flow(row))
    rest = {key: value for key, value in row.items() if key not in columns}
    texts = (_text(row[name]) if name in row else "" for name in columns)
    return (*texts, _flow(rest) if rest else "")


def _flow(value: Any) -> str:
    """Write keywords without braces."""
    text = write_value(value)
    return text[1:-1] if isinstance(value, Mapping) else text


def _text(value: Any) -> str:
    """Write a cell so that `_value` reads it back; a plain text is unchanged."""
    if isinstance(value, str) and isinstance(plain_scalar(value), str) and not _is_flow(value):
        return value if value == " ".join(value.split()) else write_value(value)
    return write_value(value)


def _value(text: str) -> Any:
    """Read the text of a cell: a list, a mapping or a quoted text by YAML, else a scalar.

    An invalid one is a plain text, which the reader of rows reports.
    """
    plain = " ".join(text.split())
    if not _is_flow(plain):
        return plain_scalar(plain)
    try:
        return read(f"cell: {plain}", "")["cell"]
    except SpecError:
        return plain


def _is_flow(text: str) -> bool:
    return text[:1] in ("[", "{", '"', "'")
