"""Ids of rows, and the references to them in `from` and `outputs`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archcalc.base.errors import known_names, shorten
from archcalc.language.blocks import spelling_of
from archcalc.language.spec.calls import INPUT, LOST, PART
from archcalc.language.spec.include import Included
from archcalc.language.spec.lines import Extends, Line, each_line
from archcalc.language.spec.problems import Problems


@dataclass
class Scope:
    """The values that a row may refer to: by id, and the row above."""

    values: dict[str, str]
    ids: frozenset[str]
    """Ids of all rows, including later ones."""
    previous: str


class References:
    """Resolves the ids of one spec's rows, and reports unknown ones."""

    def __init__(self, blocks: Container[str], problems: Problems) -> None:
        self.blocks = blocks
        self.problems = problems
        self.lost: set[str] = set()
        """Ids and numbers of invalid rows: references to them are not reported."""
        self.unread = False
        """Whether included rows are missing: any unknown id may be one of them."""

    def row_id(self, row: Line) -> str:
        """Return a row's id: its own, else its operator and its number, "conv_3"."""
        if row.id is not None:
            return row.id
        spelling = spelling_of(row.op.value)
        own = row.op.value in self.blocks
        return f"{row.op.value if own else spelling.cls.name if spelling else 'row'}_{row.number}"

    def ids(self, rows: Sequence[Any]) -> Iterator[str]:
        """Yield the ids of ``rows``, and report duplicates."""
        seen: dict[str, int] = {}
        for entry in rows:
            if isinstance(entry, Included):
                named = [(name, entry.row.line) for name in entry.ids]
            else:
                named = [(self.row_id(row), row.line) for row in each_line([entry])]
            clash = False
            for name, line in named:
                # rows of a spec included twice are one error, not one each
                if name in seen and not (clash and isinstance(entry, Included)):
                    expected = f"is the id of line {seen[name]} already"
                    self.problems.add(line, f"id '{name}'", expected)
                    clash = True
                seen.setdefault(name, line)
                yield name

    def sources(self, row: Line | Extends, scope: Scope) -> tuple[str, ...]:
        """Return the names of the values that a row reads."""
        if row.sources is None:
            return (scope.previous,)
        found = []
        for name in row.sources:
            if name not in scope.values and _is_part(name, scope.values):
                found.append(PART + name)
                continue
            found.append(scope.values.get(name, LOST))
            if name not in scope.values and not self._is_lost(name):
                expected = "the id of a row above" + known_names(name, scope.values)
                if name == getattr(row, "id", None):
                    expected = "a row above, not the row itself"
                elif name in scope.ids:
                    expected = "a row above; this id comes later"
                self.problems.add(row.line, f"from '{shorten(name)}'", f"expected {expected}")
        return tuple(found)

    def outputs(self, names: Sequence[str], lines: Sequence[int], scope: Scope) -> dict[str, str]:
        """Return the values of the ids that ``outputs`` lists on ``lines``."""
        found: dict[str, str] = {}
        for name, line in zip(names, lines, strict=True):
            cell = f"outputs '{shorten(name)}'"
            if name in found:
                self.problems.add(line, cell, "is listed twice")
            elif name in scope.values and name != INPUT:
                found[name] = scope.values[name]
            elif not self._is_lost(name):
                ending = known_names(name, scope.values.keys() - {INPUT})
                self.problems.add(line, cell, f"expected the id of a row{ending}")
        return found

    def _is_lost(self, name: str) -> bool:
        """Return whether ``name`` refers to an invalid row."""
        return self.unread or name in self.lost or f"#{name.rpartition('_')[2]}" in self.lost


def _is_part(name: str, values: Mapping[str, str]) -> bool:
    """Return whether ``name`` may be a part of a row of the table, as "row.copy.part"."""
    rows = (row for row, value in values.items() if value.startswith(f"{row}."))
    return any(name.startswith(f"{row}.") for row in rows)
