"""Edits a spec's document: its rows, and their defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from archcalc.language.blocks import CALLABLE, spelling_of
from archcalc.language.spec.document_rows import Row


class Editor:
    """A document, changed in place by transforms."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @property
    def defaults(self) -> dict[str, dict[str, Any]]:
        """The document's ``defaults``, created where it has none."""
        defaults: dict[str, dict[str, Any]] = self.document.setdefault("defaults", {})
        return defaults

    def rows(self) -> Iterator[Row]:
        """Yield every row of the table, of groups and of the spec's own blocks."""
        yield from self.table()
        for block in (self.document.get("blocks") or {}).values():
            yield from self._rows(block["rows"], [])

    def table(self) -> Iterator[Row]:
        """Yield every row of the table, those of a group once."""
        yield from self._rows(self.document["rows"], self.document.get("columns") or [])

    def lists(self) -> Iterator[tuple[list[Any], list[str]]]:
        """Yield every list of rows with its columns: the table, its groups, the spec's blocks."""
        pending = [(self.document["rows"], self.document.get("columns") or [])]
        pending += [(block["rows"], []) for block in (self.document.get("blocks") or {}).values()]
        while pending:
            rows, columns = pending.pop()
            yield rows, columns
            pending += [(r["rows"], columns) for r in rows if isinstance(r, dict) and "rows" in r]

    def default(self, op: str, keyword: str) -> Any:
        """Return the default of a keyword of an operator or block, or None."""
        found = None
        spelling = spelling_of(op)
        families = (*spelling.cls.defaults_of, spelling.cls.name) if spelling else (op,)
        for owner, keywords in self.defaults.items():
            own = spelling_of(owner)
            name = own.cls.name if own and owner != "pool" else owner
            if name in families and keyword in keywords:
                found = keywords[keyword]
        return found

    def value(self, row: Row, keyword: str) -> Any:
        """Return the row's value of ``keyword``, else its default, else the one that the
        operator's name implies, else None."""
        stated = row.where(keyword)
        if stated is not None:
            return row.meaning(*stated).keywords[keyword]
        default = self.default(row.op, keyword)
        return row.implied.get(keyword) if default is None else default

    def set_keyword(self, keyword: str, value: Any) -> int:
        """Set ``keyword`` of every block that has it, by the document's defaults.

        A block's own default is not written. Returns how many rows call such a block; raises
        ValueError for a value that one of them does not take.
        """
        owners: dict[str, int] = {}
        for row in self.rows():
            spelling = spelling_of(row.op)
            if spelling is None or keyword not in spelling.cls.model_fields:
                continue
            known = get_args(spelling.cls.model_fields[keyword].annotation)
            if known and value not in known:
                raise ValueError(f"'{row.op}' has no such form, only {' or '.join(known)}")
            owners[spelling.cls.name] = owners.get(spelling.cls.name, 0) + 1
            stated = row.where(keyword)
            if stated is not None:
                row.set(stated[0], value)
        for name in owners:
            alike = [owner for owner in self.defaults if self._is(owner, name)]
            for owner in alike:
                self.defaults[owner].pop(keyword, None)
            if value != CALLABLE[name].model_fields[keyword].default:
                self.defaults.setdefault(alike[-1] if alike else name, {})[keyword] = value
        return sum(owners.values())

    @staticmethod
    def _is(owner: str, name: str) -> bool:
        spelling = spelling_of(owner)
        return spelling is not None and spelling.cls.name == name

    def _rows(self, rows: list[Any], columns: list[str]) -> Iterator[Row]:
        for raw in rows:
            if isinstance(raw, dict) and "rows" in raw:
                yield from self._rows(raw["rows"], columns)
            elif isinstance(raw, dict) and "extends" in raw:
                continue  # another document, with its own editor
            else:
                yield Row(raw, columns)
