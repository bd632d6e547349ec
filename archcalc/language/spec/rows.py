"""Reads rows: cells in the order of the columns, then keywords; replaces parameters."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from archcalc.base.errors import known_names, shorten
from archcalc.base.limits import REPEAT, TEXT
from archcalc.language.spec.columns import OF_EVERY_ROW, Meaning, meaning_of
from archcalc.language.spec.lines import Entry, Extends, Line, Repeat, Rows, Stated
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.schema import BlockSpec
from archcalc.language.spec.universal import UNIVERSAL, UniversalReader
from archcalc.language.spec.yaml_tree import source_text

_NAME = re.compile(r"\$(\$|[A-Za-z_][A-Za-z0-9_]*)?")
_GROUP = ("repeat", "rows", "note")
_EXTENDS = ("extends", "after", "through", "from", "note")


class RowReader:
    """Reads rows with one set of parameters into one list of problems."""

    def __init__(
        self, problems: Problems, params: Mapping[str, Any], blocks: Mapping[str, BlockSpec]
    ) -> None:
        self.problems = problems
        self.params = params
        self.blocks = blocks
        self.universal = UniversalReader(problems)
        self.number = 0
        self.lost: set[str] = set()
        """Ids and numbers of invalid rows: references to them are not reported."""

    def read(self, rows: Sequence[Any], columns: Sequence[str] | None) -> Rows:
        """Read ``rows`` under a header; an invalid row is None."""
        lines = getattr(rows, "lines", [1] * len(rows))
        return tuple(self._entry(row, n, columns) for row, n in zip(rows, lines, strict=True))

    def _entry(self, row: Any, line: int, columns: Sequence[str] | None) -> Entry:
        if isinstance(row, Mapping) and ("rows" in row or "repeat" in row):
            return self._repeat(row, line, columns)
        self.number += 1
        if isinstance(row, Mapping) and "extends" in row:
            return self._extends(row, line)
        before = len(self.problems.found)
        read = self._line(row, line, columns)
        if len(self.problems.found) == before:
            if read is not None:
                return read
            self.problems.add(line, "operator", "not given, and a row needs one")
        keywords = row[-1] if isinstance(row, list) and row else row
        if isinstance(keywords, Mapping) and "id" in keywords:
            self.lost.add(source_text(keywords["id"]))
        self.lost.add(f"#{self.number}")
        return None

    def _repeat(
        self, row: Mapping[str, Any], line: int, columns: Sequence[str] | None
    ) -> Repeat | None:
        for key in row:
            if key not in _GROUP:
                known = known_names(key, _GROUP)
                self.problems.add(line_at(row, key, line), key, f"unknown keyword{known}")
        rows = row.get("rows")
        if not isinstance(rows, list) or not rows:
            self.problems.add(line_at(row, "rows", line), "rows", "expected rows to repeat")
            rows = []
        where = line_at(row, "repeat", line)
        times = Stated(self.fill(row.get("repeat"), "repeat", where), "repeat", where)
        return Repeat(self.universal.whole(times, REPEAT), line, self.read(rows, columns))

    def _extends(self, row: Mapping[str, Any], line: int) -> Extends:
        """Read a row that includes rows of another spec."""
        stated: dict[str, Stated] = {}
        for key, value in row.items():
            where = line_at(row, key, line)
            if key not in _EXTENDS:
                known = known_names(key, _EXTENDS)
                self.problems.add(where, key, f"unknown keyword{known}")
            elif value is None:
                self.problems.add(where, key, "null is not allowed here: leave it out")
            else:
                # an inline spec has its own parameters
                inner = value if isinstance(value, Mapping) else self.fill(value, key, where)
                stated[key] = Stated(inner, _quoted(Stated(inner, key, where)), where)
        named = {key: stated[key] for key in ("after", "through") if key in stated}
        for key, cell in named.items():
            named[key] = Stated(source_text(cell.value), cell.cell, cell.line)
        fields = self.universal.read({k: v for k, v in stated.items() if k in ("from", "note")})
        base = stated.get("extends") or Stated(None, "extends", line)
        return Extends(self.number, line, base, named.get("after"), named.get("through"), **fields)

    def _line(self, row: Any, line: int, columns: Sequence[str] | None) -> Line | None:
        stated = self._cells(row, line, columns)
        if stated is None:
            return None
        printed = {
            key: "-" if cell.value is None else source_text(cell.value)
            for key, cell in stated.items()
            if key in (columns or ()) and not isinstance(cell.value, (dict, list))
        }
        self._use(stated, columns or ())
        self._rename(stated, columns or ())
        universal = {key: stated.pop(key) for key in UNIVERSAL if key in stated}
        for name in ("input", "output"):
            if name in universal:
                stated[name] = universal[name]
        op, keywords, asserts = self._meaning(stated)
        fields = self.universal.read(universal)
        if op is None:
            return None
        return Line(self.number, line, op, keywords, asserts, **fields, printed=printed)

    def _cells(
        self, row: Any, line: int, columns: Sequence[str] | None
    ) -> dict[str, Stated] | None:
        """Return every cell and keyword of a row by name, parameters replaced."""
        stated: dict[str, Stated] = {}
        extra: Mapping[str, Any] = {}
        if isinstance(row, Mapping):
            extra = row
        elif isinstance(row, list):
            cells, lines = list(row), list(getattr(row, "lines", [line] * len(row)))
            if cells and isinstance(cells[-1], Mapping):
                extra = cells.pop()
            if columns is None or len(cells) != len(columns):
                self.problems.add(line, "row", _cell_count(cells, columns))
                return None
            for name, value, where in zip(columns, cells, lines, strict=False):
                stated[name] = Stated(self.fill(value, name, where), name, where)
        else:
            self.problems.add(line, "row", "expected a list of cells or a mapping of keywords")
            return None
        for key, value in extra.items():
            where = line_at(extra, key, line)
            if value is None:
                self.problems.add(
                    where, key, "null is not allowed here: leave it out, or write none"
                )
            elif key in stated and stated[key].value is not None:
                self.problems.add(where, key, "given twice: it is a cell of this row already")
            else:
                stated[key] = Stated(self.fill(value, key, where), key, where)
        return stated

    def fill(self, value: Any, cell: str, line: int) -> Any:
        """Replace ``$name`` by the parameter, in lists and mappings too; ``$$`` is a dollar."""
        if isinstance(value, list):
            return [self.fill(item, cell, line) for item in value]
        if isinstance(value, Mapping):
            return {key: self.fill(item, cell, line) for key, item in value.items()}
        if not isinstance(value, str) or "$" not in value or cell in ("note", "erratum"):
            return value
        whole = _NAME.fullmatch(value)
        if whole and whole[1] in self.params:
            return self.params[whole[1]]

        def named(match: re.Match[str]) -> str:
            if match[1] == "$":
                return "$"
            if match[1] in self.params:
                return source_text(self.params[match[1]])
            known = known_names(match[1] or "", self.params) if self.params else ""
            quoted = f"{cell} '{shorten(value)}'"
            self.problems.add(line, quoted, f"{shorten(match[0])} is not defined{known}")
            return match[0]

        filled = _NAME.sub(named, value)
        if len(filled) > TEXT:
            self.problems.add(line, cell, f"expected at most {TEXT} characters")
            return filled[:TEXT]
        return filled

    def _use(self, stated: dict[str, Stated], columns: Collection[str]) -> None:
        """Replace printed cells by ``use: {column: cell}``."""
        use = stated.pop("use", None)
        if use is None:
            return
        if not isinstance(use.value, Mapping):
            self.problems.add(use.line, "use", "expected a mapping such as {SE: ~}")
            return
        for key, value in use.value.items():
            if key not in columns:
                ending = known_names(key, columns) if columns else ""
                self.problems.add(use.line, f"use.{key}", f"not a column of this table{ending}")
                continue
            stated[key] = Stated(value, f"use.{key}", use.line)

    def _rename(self, stated: dict[str, Stated], columns: Collection[str]) -> None:
        """Rename columns such as "stage" to their keyword ("id")."""
        for column, key in OF_EVERY_ROW.items():
            if column not in columns or column not in stated:
                continue
            cell = stated.pop(column)
            if key not in stated:
                stated[key] = cell
            elif cell.value is not None:
                expected = f"given twice: by {cell.cell} already"
                self.problems.add(stated[key].line, key, expected)

    def _meaning(
        self, stated: Mapping[str, Stated]
    ) -> tuple[Stated | None, dict[str, Stated], dict[str, Stated]]:
        """Parse each cell by the parser of its column."""
        cells = {name: self._parse(name, cell) for name, cell in stated.items()}
        op: Stated | None = None
        for name, cell in cells.items():
            if cell.op is not None and op is not None:
                self.problems.add(stated[name].line, name, "this row names an operator twice")
            elif cell.op is not None:
                op = Stated(cell.op, name, stated[name].line)
        own = self.blocks.get(op.value) if op is not None else None
        keywords: dict[str, Stated] = {}
        asserts: dict[str, Stated] = {}
        for name, given in stated.items():
            meaning = cells[name]
            if own is not None and name in own.columns:
                # a parameter of the spec's own block, not a column of a paper
                meaning = Meaning(keywords={} if given.value is None else {name: given.value})
            quoted = _quoted(given)
            for key, value in meaning.keywords.items():
                if key in keywords:
                    also = keywords[key].cell
                    self.problems.add(given.line, quoted, f"given twice: by {also} already")
                keywords[key] = Stated(value, quoted, given.line)
            for key, value in meaning.asserts.items():
                asserts[key] = Stated(value, quoted, given.line)
        return op, keywords, asserts

    def _parse(self, name: str, cell: Stated) -> Meaning:
        try:
            return meaning_of(name, cell.value)
        except ValueError as error:
            self.problems.add(cell.line, _quoted(cell), f"expected {error}")
            return Meaning()


def line_at(tree: Any, key: str, default: int = 1) -> int:
    """Return the line of a key of a mapping read from a file."""
    return int(getattr(tree, "lines", {}).get(key, default))


def _quoted(cell: Stated) -> str:
    if cell.value is None or isinstance(cell.value, (dict, list)):
        return cell.cell
    return f"{cell.cell} '{shorten(source_text(cell.value))}'"


def _cell_count(cells: Sequence[Any], columns: Sequence[str] | None) -> str:
    if columns is None:
        return "cells need `columns`; or write the row as keywords"
    return f"expected {len(columns)} cells ({', '.join(columns)}), found {len(cells)}"
