"""One line of a table: its cells and keywords as what they say, not yet as operators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from archcalc.errors import known_names, shorten
from archcalc.limits import COUNT, REPEAT
from archcalc.number import parse_ratio
from archcalc.spec.columns import ABSENT, COLUMNS, Cell
from archcalc.spec.problems import Problems
from archcalc.spec.schema import ID_PATTERN, BlockSpec
from archcalc.spec.yaml import text_of

_NAME = re.compile(r"\$(\$|[A-Za-z_][A-Za-z0-9_]*)?")
UNIVERSAL = ("id", "from", "n", "count", "scale", "note", "erratum", "use", "input", "output")
"""Keywords that every row may have, beside those of its operator."""


@dataclass(frozen=True)
class Scale:
    """How a row's widths follow the multiplier: not at all, or never below ``least`` / 10⁴."""

    fixed: bool = False
    least: int = 0


@dataclass(frozen=True)
class Stated:
    """A keyword with the cell that states it, for messages."""

    value: Any
    cell: str
    line: int


@dataclass(frozen=True)
class Line:
    """One row as it is read: which operator, on what, with which keywords and assertions."""

    number: int
    line: int
    op: Stated
    keywords: Mapping[str, Stated]
    asserts: Mapping[str, Stated]
    sources: tuple[str, ...] | None
    id: str | None = None
    copies: int = 1
    count: int = 1
    scale: Scale = Scale()
    note: str | None = None
    erratum: str | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    """The cells of the paper's table by column, ``use`` not applied."""


@dataclass(frozen=True)
class Repeat:
    """A group of rows that runs ``times`` times, one after another."""

    times: int
    line: int
    rows: tuple[Line | Repeat | None, ...]


class RowReader:
    """Reads rows under one header, one set of parameters and one list of problems."""

    def __init__(
        self, problems: Problems, params: Mapping[str, Any], blocks: Mapping[str, BlockSpec]
    ):
        self.problems = problems
        self.params = params
        self.blocks = blocks
        self.number = 0
        self.lost: set[str] = set()
        """Ids of rows with a fault: a reference to one is no fault of its own."""

    def read(
        self, rows: Sequence[Any], columns: Sequence[str] | None
    ) -> list[Line | Repeat | None]:
        """Read ``rows``; a row with a fault is None, and the fault is among the problems."""
        lines = getattr(rows, "lines", [1] * len(rows))
        return [self._entry(row, line, columns) for row, line in zip(rows, lines, strict=True)]

    def _entry(self, row: Any, line: int, columns: Sequence[str] | None) -> Line | Repeat | None:
        if isinstance(row, Mapping) and ("rows" in row or "repeat" in row):
            return self._repeat(row, line, columns)
        self.number += 1
        before = len(self.problems.found)
        read = self._line(row, line, columns)
        if len(self.problems.found) == before:
            if read is not None:
                return read
            self.problems.add(line, "operator", "not given: a row needs an operator")
        keywords = (
            row if isinstance(row, Mapping) else row[-1] if isinstance(row, list) and row else {}
        )
        if isinstance(keywords, Mapping) and "id" in keywords:
            self.lost.add(text_of(keywords["id"]))
        self.lost.add(f"#{self.number}")
        return None

    def _repeat(
        self, row: Mapping[str, Any], line: int, columns: Sequence[str] | None
    ) -> Repeat | None:
        for key in row:
            if key not in ("repeat", "rows", "note"):
                known = known_names(key, ("repeat", "rows", "note"))
                self.problems.add(_line_at(row, key, line), key, f"unknown keyword{known}")
        rows = row.get("rows")
        if not isinstance(rows, list) or not rows:
            self.problems.add(
                _line_at(row, "rows", line), "rows", "expected a list of rows to repeat"
            )
            rows = []
        where = _line_at(row, "repeat", line)
        times = self._whole(row.get("repeat"), "repeat", where, REPEAT)
        return Repeat(times or 1, line, tuple(self.read(rows, columns)))

    def _line(self, row: Any, line: int, columns: Sequence[str] | None) -> Line | None:
        stated = self._cells(row, line, columns)
        if stated is None:
            return None
        universal = {key: stated.pop(key) for key in UNIVERSAL if key in stated}
        printed = {
            key: text_of(cell.value)
            for key, cell in (stated | universal).items()
            if columns and key in columns and not isinstance(cell.value, (dict, list))
        }
        self._use(universal.pop("use", None), stated, universal, columns)
        op, keywords, asserts = self._meaning(stated, universal, line)
        if op is None:
            return None
        return Line(
            number=self.number,
            line=line,
            op=op,
            keywords=keywords,
            asserts=asserts,
            sources=self._sources(universal.get("from")),
            id=self._id(universal.get("id")),
            copies=self._count_of(keywords.pop("n", None) or universal.get("n"), REPEAT),
            count=self._count_of(universal.get("count"), COUNT),
            scale=self._scale(universal.get("scale")),
            note=self._words(universal.get("note")),
            erratum=self._words(universal.get("erratum")),
            printed=printed,
        )

    # -- cells

    def _cells(
        self, row: Any, line: int, columns: Sequence[str] | None
    ) -> dict[str, Stated] | None:
        """Put every cell and keyword of a row under its name, parameters replaced."""
        stated: dict[str, Stated] = {}
        extra: Any = {}
        if isinstance(row, Mapping):
            extra = row
        elif isinstance(row, list):
            cells = list(row)
            lines = list(getattr(row, "lines", [line] * len(cells)))
            if cells and isinstance(cells[-1], Mapping):
                extra = cells.pop()
            if columns is None:
                self.problems.add(line, "row", "cells need `columns`; or write a row of keywords")
                return None
            if len(cells) != len(columns):
                expected = (
                    f"expected {len(columns)} cells ({', '.join(columns)}), found {len(cells)}"
                )
                self.problems.add(line, "row", expected)
                return None
            for name, value, where in zip(columns, cells, lines, strict=False):
                stated[name] = Stated(self._fill(value, name, where), name, where)
        else:
            self.problems.add(line, "row", "expected a list of cells or a mapping of keywords")
            return None
        for key, value in extra.items():
            where = _line_at(extra, key, line)
            if value is None:
                self.problems.add(
                    where, key, "null is not a value here; leave it out, or write none"
                )
            elif key in stated and stated[key].value is not None:
                self.problems.add(where, key, "given twice: it is a cell of this row already")
            else:
                stated[key] = Stated(self._fill(value, key, where), key, where)
        return stated

    def _fill(self, value: Any, cell: str, line: int) -> Any:
        """Replace ``$name`` by the parameter; in lists and mappings too."""
        if isinstance(value, list):
            return [self._fill(item, cell, line) for item in value]
        if isinstance(value, Mapping):
            return {key: self._fill(item, cell, line) for key, item in value.items()}
        if not isinstance(value, str) or "$" not in value or cell in ("note", "erratum"):
            return value
        whole = _NAME.fullmatch(value)
        if whole and whole[1] in self.params:
            return self.params[whole[1]]

        def named(match: re.Match[str]) -> str:
            if match[1] == "$":
                return "$"
            if match[1] is None or match[1] not in self.params:
                known = known_names(match[1] or "", self.params) if self.params else " (none are)"
                name = shorten(match[0])
                self.problems.add(
                    line, f"{cell} '{shorten(value)}'", f"{name} is not defined{known}"
                )
                return match[0]
            return text_of(self.params[match[1]])

        return _NAME.sub(named, value)

    def _use(
        self,
        use: Stated | None,
        stated: dict[str, Stated],
        universal: dict[str, Stated],
        columns: Sequence[str] | None,
    ) -> None:
        """Let ``use: {column: cell}`` stand in for printed cells."""
        if use is None:
            return
        if not isinstance(use.value, Mapping):
            self.problems.add(use.line, "use", "expected a mapping such as {SE: ~}")
            return
        for key, value in use.value.items():
            if key not in (columns or ()):
                ending = known_names(key, columns or ())
                self.problems.add(use.line, f"use.{key}", f"not a column of this table{ending}")
                continue
            (universal if key in universal else stated)[key] = Stated(value, f"use.{key}", use.line)

    def _meaning(
        self, stated: Mapping[str, Stated], universal: dict[str, Stated], line: int
    ) -> tuple[Stated | None, dict[str, Stated], dict[str, Stated]]:
        """Let each column's parser say what its cell means."""
        op: Stated | None = None
        keywords: dict[str, Stated] = {}
        asserts: dict[str, Stated] = {}
        parsed = {}
        for name in ("input", "output"):
            if name in universal:
                stated = {**stated, name: universal[name]}
        for name, cell in stated.items():
            parsed[name] = self._parse(name, cell)
            if parsed[name].op is not None:
                if op is not None:
                    self.problems.add(cell.line, name, "this row names an operator twice")
                op = Stated(parsed[name].op, name, cell.line)
        own = self.blocks.get(op.value) if op is not None else None
        for name, cell in stated.items():
            meaning = parsed[name]
            if own is not None and name in own.columns:
                # a parameter of the user's own block: its name is the block's, not a paper's
                meaning = Cell(keywords={name: cell.value} if cell.value is not None else {})
            for key, value in meaning.keywords.items():
                text = f"{name} '{shorten(text_of(cell.value))}'"
                if isinstance(cell.value, (dict, list)) or cell.value is None:
                    text = name
                if key in keywords:
                    self.problems.add(cell.line, text, f"given twice, as {keywords[key].cell} too")
                keywords[key] = Stated(value, text, cell.line)
            for key, value in meaning.asserts.items():
                asserts[key] = Stated(value, f"{name} '{shorten(text_of(cell.value))}'", cell.line)
        return op, keywords, asserts

    def _parse(self, name: str, cell: Stated) -> Cell:
        if cell.value is None:
            return ABSENT.get(name, Cell())
        parser = COLUMNS.get(name)
        if parser is None:
            return Cell(keywords={name: cell.value})
        try:
            return parser(cell.value)
        except ValueError as error:
            quoted = f"{name} '{shorten(text_of(cell.value))}'"
            self.problems.add(cell.line, quoted, f"expected {error}")
            return Cell()

    # -- keywords that every row may have

    def _sources(self, cell: Stated | None) -> tuple[str, ...] | None:
        if cell is None:
            return None
        names = cell.value if isinstance(cell.value, list) else [cell.value]
        if not names or not all(isinstance(name, str) for name in names):
            self.problems.add(cell.line, "from", "expected the id of a row, or a list of ids")
            return None
        return tuple(names)

    def _id(self, cell: Stated | None) -> str | None:
        if cell is None:
            return None
        text = text_of(cell.value) if isinstance(cell.value, (str, int, float)) else ""
        if not re.fullmatch(ID_PATTERN.strip("^$"), text):
            quoted = f"id '{shorten(text_of(cell.value))}'"
            self.problems.add(
                cell.line, quoted, "expected 1 to 64 letters, digits, '_', '.' or '-'"
            )
            return None
        if text in ("input", "in"):
            self.problems.add(cell.line, f"id '{text}'", "is taken: it names the input")
            return None
        return text

    def _count_of(self, cell: Stated | None, limit: int) -> int:
        if cell is None or cell.value is None:
            return 1
        return self._whole(cell.value, cell.cell.split(" ")[0], cell.line, limit) or 1

    def _whole(self, value: Any, cell: str, line: int, limit: int) -> int | None:
        if isinstance(value, str) and "$" in value:
            value = self._fill(value, cell, line)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= limit:
            quoted = cell if value is None else f"{cell} '{shorten(text_of(value))}'"
            self.problems.add(line, quoted, f"expected an integer from 1 to {limit}")
            return None
        return value

    def _scale(self, cell: Stated | None) -> Scale:
        if cell is None or cell.value is True:
            return Scale()
        if cell.value is False:
            return Scale(fixed=True)
        value = cell.value
        if isinstance(value, Mapping) and set(value) == {"min"} and type(value["min"]) is not bool:
            try:
                least = parse_ratio(value["min"], "min")
            except ValueError:
                least = -1
            if 0 < least <= 160_000:
                return Scale(least=least)
        self.problems.add(cell.line, "scale", "expected false, or {min: 1.0}")
        return Scale()

    def _words(self, cell: Stated | None) -> str | None:
        if cell is None:
            return None
        if not isinstance(cell.value, str):
            self.problems.add(cell.line, cell.cell, "expected a text")
            return None
        return cell.value


def _line_at(mapping: Mapping[str, Any], key: str, default: int) -> int:
    lines: Mapping[str, int] = getattr(mapping, "lines", {})
    return lines.get(key, default)


def validate(cls: Any, keywords: Mapping[str, Any]) -> Any:
    """Return ``cls(**keywords)``, or the ValidationError that says what is wrong."""
    try:
        return cls.model_validate(keywords)
    except ValidationError as error:
        return error
