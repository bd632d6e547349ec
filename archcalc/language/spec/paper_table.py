"""The rows of a spec as the paper prints them, with notes and errata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from archcalc.base.names import size_text
from archcalc.base.tables import Record, Table
from archcalc.language.spec.columns import OPERATOR_COLUMNS
from archcalc.language.spec.include import Included
from archcalc.language.spec.lines import Line, Repeat
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.rows import RowReader
from archcalc.language.spec.spec import Spec
from archcalc.language.spec.yaml_tree import source_text

_APART = ("id", "from", "use", "note", "erratum", "op")
Around = tuple[int | str, bool, bool]
"""A repeated group around a row: its runs, and whether the row is its first and last."""


@dataclass(frozen=True)
class PrintedRow:
    """One row: its cells by column ("-" as in the paper), and its remarks."""

    number: int
    id: str | None
    sources: tuple[str, ...] | None
    cells: Mapping[str, str]
    use: Mapping[str, str]
    """Cells read instead of the printed ones."""
    keywords: Mapping[str, str]
    """Its keywords beside the cells."""
    note: str | None
    erratum: str | None
    groups: tuple[Around, ...] = ()
    asserted: tuple[str, ...] = ()
    """Printed cells that are checked, not read: "input", "output", "in_channels"."""

    def to_dict(self) -> Record:
        """Return plain data."""
        return {
            "row": self.number,
            "id": self.id,
            "repeat": [times for times, _, _ in self.groups],
            "from": list(self.sources) if self.sources is not None else None,
            "cells": dict(self.cells),
            "use": dict(self.use),
            "keywords": dict(self.keywords),
            "note": self.note,
            "erratum": self.erratum,
        }


@dataclass(frozen=True)
class Computed:
    """Columns to the right of the printed ones: figures by row number.

    ``about``: their description; ``errata``: those of included rows.
    """

    columns: Mapping[str, Mapping[int, int]]
    about: str
    errata: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperTable(Table):
    """The printed table of a spec."""

    kind: ClassVar[str] = "printed"
    spec: Spec
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    blocks: Mapping[str, tuple[PrintedRow, ...]]
    computed: Computed | None = None

    @property
    def title(self) -> str:
        return f"{self.spec.name} · {size_text(self.spec.input)} · as printed"

    def to_dict(self) -> Record:
        spec = self.spec
        return {
            "model": spec.name,
            "title": spec.title,
            "paper": spec.paper.model_dump(exclude_none=True) if spec.paper else None,
            "input": list(spec.input),
            "columns": list(self.columns),
            "rows": [row.to_dict() for row in self.rows],
            "blocks": {
                name: {
                    "columns": list(spec.head.blocks[name].columns),
                    "inputs": list(spec.head.blocks[name].inputs),
                    "rows": [row.to_dict() for row in rows],
                }
                for name, rows in self.blocks.items()
            },
        }

    def records(self) -> list[Record]:
        return [
            {
                "row": row.number,
                "repeat": " ".join(f"{times}×" for times, _, _ in row.groups) or None,
                "id": row.id,
                "from": ", ".join(row.sources) if row.sources else None,
                **{column: row.cells.get(column) for column in self.columns},
                "use": pairs(row.use) or None,
                "keywords": pairs(row.keywords) or None,
                "note": row.note,
                "erratum": row.erratum,
                **self.computed_of(row),
            }
            for row in self.rows
        ]

    def computed_of(self, row: PrintedRow) -> Record:
        """Return the computed figures of a row."""
        columns = self.computed.columns if self.computed else {}
        return {name: figures.get(row.number, 0) for name, figures in columns.items()}

    def notes(self) -> Sequence[str]:
        """Return the errata, the cells used instead of printed ones, and the notes."""
        lines = []
        for row in self.rows:
            name = f"row {row.number}" + (f" ({row.id})" if row.id else "")
            used = f"used: {pairs(row.use)}" if row.use else ""
            if row.erratum:
                lines.append(f"erratum, {name}: {row.erratum}" + (f"; {used}" if used else ""))
            elif used:
                lines.append(f"{name}: {used}")
            if row.note:
                lines.append(f"{name}: {row.note}")
        return [*lines, *(self.computed.errata if self.computed else ())]


def paper_table(spec: Spec) -> PaperTable:
    """Return the printed table of a valid spec, as `load` returns it."""
    head = spec.head
    reader = RowReader(Problems(spec.file), head.params, head.blocks)
    columns = head.columns
    raw = reader.fill(head.rows, "rows", 1)
    rows = _rows(raw, spec.as_filed.table_rows(), columns)
    blocks = {name: tuple(_keyword_rows(block.rows)) for name, block in head.blocks.items()}
    shown = list(columns or ())
    if not any(name in shown for name in OPERATOR_COLUMNS):
        shown.append("op")
    return PaperTable(spec, tuple(shown), tuple(rows), blocks)


def pairs(keywords: Mapping[str, str]) -> str:
    """Write keywords in a line: "scale=false bn=false"."""
    return " ".join(f"{key}={value}" for key, value in keywords.items())


def _rows(
    raw: Sequence[Any],
    read: Sequence[Any],
    columns: Sequence[str] | None,
    groups: tuple[Around, ...] = (),
) -> Iterator[PrintedRow]:
    """Walk the rows of the file together with the rows read from them."""
    for index, (row, line) in enumerate(zip(raw, read, strict=True)):
        first, last = index == 0, index == len(raw) - 1
        around = tuple((times, a and first, b and last) for times, a, b in groups)
        if isinstance(line, Repeat):
            yield from _rows(row["rows"], line.rows, columns, (*around, (line.times, True, True)))
        elif isinstance(line, Included):
            yield _taken_over(row, line, columns or (), around)
        elif line is not None:
            yield _row(row, line, columns or (), around)


def _taken_over(
    row: Mapping[str, Any],
    included: Included,
    columns: Sequence[str],
    groups: tuple[Around, ...],
) -> PrintedRow:
    """Return the one line for all rows that come from another spec."""
    operator = next((name for name in OPERATOR_COLUMNS if name in columns), "op")
    ends = {key: _flow(row[key]) for key in ("after", "through") if key in row}
    return PrintedRow(
        number=included.row.number,
        id=None,
        sources=included.row.sources,
        cells={operator: f"extends {included.name}"},
        use={},
        keywords={**ends, "rows": str(len(included.ids))},
        note=included.row.note,
        erratum=None,
        groups=groups,
    )


def _row(row: Any, line: Line, columns: Sequence[str], groups: tuple[Around, ...]) -> PrintedRow:
    extra = row if isinstance(row, Mapping) else row[-1] if isinstance(row[-1], Mapping) else {}
    cells = {**line.printed}
    if isinstance(row, list):
        for column, value in zip(columns, row, strict=False):
            cells.setdefault(column, _flow(value))
    operators = [name for name in OPERATOR_COLUMNS if name in columns] or ["op"]
    if not any(name in cells for name in operators):
        cells[operators[0]] = _flow(extra.get("op", line.op.value))
    return PrintedRow(
        number=line.number,
        id=line.id,
        sources=line.sources,
        cells={name: cells[name] for name in [*columns, "op"] if name in cells},
        use={key: "-" if value is None else _flow(value) for key, value in _use(extra).items()},
        keywords={
            key: _flow(value)
            for key, value in extra.items()
            if key not in _APART and key not in cells
        },
        note=line.note,
        erratum=line.erratum,
        groups=groups,
        asserted=tuple(name for name in ("input", "output", "in_channels") if name in line.asserts),
    )


def _use(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    use = extra.get("use")
    return use if isinstance(use, Mapping) else {}


def _keyword_rows(
    rows: Sequence[Any], groups: tuple[Around, ...] = (), number: int = 0
) -> Iterator[PrintedRow]:
    """Yield the rows of a block as written in the file, with the names of parameters."""
    for index, row in enumerate(rows):
        first, last = index == 0, index == len(rows) - 1
        around = tuple((times, a and first, b and last) for times, a, b in groups)
        if "rows" in row:
            times = row["repeat"]
            for inner in _keyword_rows(row["rows"], (*around, (times, True, True)), number):
                number = inner.number
                yield inner
            continue
        number += 1
        sources = row.get("from")
        operator = next((name for name in OPERATOR_COLUMNS if name in row), "op")
        yield PrintedRow(
            number=number,
            id=source_text(row["id"]) if "id" in row else None,
            sources=None
            if sources is None
            else tuple(map(source_text, sources if isinstance(sources, list) else [sources])),
            cells={"op": _flow(row.get(operator))},
            use={},
            keywords={
                key: _flow(value)
                for key, value in row.items()
                if key not in _APART and key != operator
            },
            note=row.get("note"),
            erratum=row.get("erratum"),
            groups=around,
        )


def _flow(value: Any) -> str:
    """Write a value as a spec file would, in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return source_text(value)
