"""Rows of a spec's document as written, for edits and for references by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archcalc.language.blocks import spelling_of
from archcalc.language.spec.columns import OF_EVERY_ROW, Meaning, meaning_of
from archcalc.language.spec.yaml_tree import source_text


class Row:
    """One row of a document, of cells or of keywords; changes keep the printed cells."""

    def __init__(self, raw: Any, columns: list[str]) -> None:
        self.raw = raw
        self.columns = columns if isinstance(raw, list) else []

    @property
    def keywords(self) -> dict[str, Any]:
        """The row's mapping, created where it has none."""
        if isinstance(self.raw, dict):
            return self.raw
        if not self.raw or not isinstance(self.raw[-1], dict):
            self.raw.append({})
        last: dict[str, Any] = self.raw[-1]
        return last

    def cells(self) -> Iterator[tuple[str, Any]]:
        """Yield (column or keyword, value), with ``use`` applied."""
        keywords = self.keywords
        use = keywords.get("use", {})
        if self.columns:
            for name, value in zip(self.columns, self.raw, strict=False):
                yield name, use.get(name, value)
        for name, value in keywords.items():
            if name != "use":
                yield name, value

    def meaning(self, name: str, value: Any) -> Meaning:
        """Return the meaning of a cell, empty for one that a later check rejects."""
        try:
            return meaning_of(name, value)
        except ValueError:
            return Meaning()

    @property
    def op(self) -> str:
        """Name of its operator or block ("" where it has none)."""
        written = self._written
        spelling = spelling_of(written)
        return spelling.cls.name if spelling else written

    @property
    def implied(self) -> Mapping[str, Any]:
        """Keywords that the operator's name implies: t of MBConv6, the kernel of Conv3x3."""
        spelling = spelling_of(self._written)
        return spelling.preset if spelling else {}

    @property
    def _written(self) -> str:
        """The operator as written ("" where there is none)."""
        found = (self.meaning(name, value).op for name, value in self.cells())
        return next((op for op in found if op is not None), "")

    def where(self, keyword: str) -> tuple[str, Any] | None:
        """Return the cell that gives ``keyword``, as (column, value)."""
        for name, value in self.cells():
            if keyword in self.meaning(name, value).keywords:
                return name, value
        return None

    def set(self, name: str, value: Any) -> None:
        """Set ``name`` to ``value``, by ``use`` where it is a printed column."""
        if value == dict(self.cells()).get(name):
            return
        if name in self.columns:
            use = {**self.keywords.get("use", {}), name: value}
            if value == self.printed(name):
                del use[name]
            self.keywords["use"] = use
            if not use:
                del self.keywords["use"]
        else:
            self.keywords[name] = value

    def printed(self, name: str) -> Any:
        """Return the cell as the paper prints it, without ``use``."""
        return self.raw[self.columns.index(name)] if name in self.columns else None


def plain_copy(value: Any) -> Any:
    """Deep-copy a document; scalars keep their source text."""
    if isinstance(value, Mapping):
        return {key: plain_copy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_copy(item) for item in value]
    return value


@dataclass(frozen=True)
class NamedRow:
    """A row of a document, its id and its list."""

    id: str
    row: Row
    rows: list[Any]


def named_rows(document: Mapping[str, Any]) -> Iterator[NamedRow]:
    """Yield the rows of the table by their ids, and those of the spec's own blocks as block.id.

    Reading a row gives it a mapping of keywords: pass a `plain_copy` of a spec's document.
    """
    tables = [("", document["rows"], document.get("columns") or [])]
    for name, block in (document.get("blocks") or {}).items():
        tables.append((f"{name}.", block["rows"], []))
    for prefix, rows, columns in tables:
        for number, (row, home) in enumerate(_flat(rows, columns), start=1):
            if isinstance(row.raw, dict) and "extends" in row.raw:
                continue  # rows of another spec, with its own pitfalls
            cells = {OF_EVERY_ROW.get(key, key): value for key, value in row.cells()}
            stated = cells.get("id")
            row_id = source_text(stated) if stated else f"{row.op}_{number}"
            yield NamedRow(f"{prefix}{row_id}", row, home)


def _flat(rows: list[Any], columns: list[str]) -> Iterator[tuple[Row, list[Any]]]:
    for raw in list(rows):
        if isinstance(raw, dict) and "rows" in raw:
            yield from _flat(raw["rows"], columns)
        else:
            yield Row(raw, columns), rows
