"""The rows of a spec as read, before their operators are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Scale:
    """How a row's widths follow the multiplier: fixed, or never below ``least`` / 10⁴."""

    fixed: bool = False
    least: int = 0


@dataclass(frozen=True)
class Stated:
    """A value with its cell, for messages: ``cell`` quotes the cell's text."""

    value: Any
    cell: str
    line: int


@dataclass(frozen=True)
class Line:
    """One row: its operator, inputs, keywords and assertions."""

    number: int
    """Place among the rows of its table, from 1."""
    line: int
    """Line in the file."""
    op: Stated
    keywords: Mapping[str, Stated]
    asserts: Mapping[str, Stated]
    sources: tuple[str, ...] | None
    """Ids named by ``from``; None: the row above."""
    id: str | None = None
    copies: int = 1
    count: int = 1
    scale: Scale | None = None
    note: str | None = None
    erratum: str | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    """The cells of the paper's table by column, without ``use``."""
    borrowed: bool = False
    """Whether it belongs to another spec, so that its printed sizes are not checked here."""


@dataclass(frozen=True)
class Repeat:
    """A group of rows that runs ``times`` times, one after another."""

    times: int
    line: int
    rows: Rows


@dataclass(frozen=True)
class Extends:
    """Included rows of another spec: those after one row up to another."""

    number: int
    """Number of the first included row, once it is known."""
    line: int
    base: Stated
    """A name of the zoo, a path, or an inline spec."""
    after: Stated | None
    through: Stated | None
    sources: tuple[str, ...] | None
    note: str | None = None

    @property
    def after_id(self) -> str:
        """The id before the first of the rows, for messages."""
        return "the input" if self.after is None else f"'{self.after.value}'"


Entry = Line | Repeat | Extends | None
Rows = tuple[Entry, ...]
"""Rows in order; None for an invalid row, whose error is among the problems."""


def each_line(rows: Sequence[Entry]) -> Iterator[Line]:
    """Yield every row of the table once, those of groups too."""
    for row in rows:
        if isinstance(row, Repeat):
            yield from each_line(row.rows)
        elif isinstance(row, Line):
            yield row


def parts_of(value: Any, limit: int) -> int:
    """Return the number of scalars in a value; counting ends beyond ``limit``."""
    found, pending = 0, [value]
    while pending and found <= limit:
        item = pending.pop()
        found += 1
        if isinstance(item, Mapping):
            pending.extend(item.values())
        elif isinstance(item, (list, tuple)):
            pending.extend(item)
    return found


def copies_of(rows: Sequence[Entry]) -> int:
    """Return the number of copies of rows after unrolling groups and ``n``."""
    copies = 0
    for row in rows:
        if isinstance(row, Repeat):
            copies += row.times * copies_of(row.rows)
        elif row is not None:
            copies += row.copies if isinstance(row, Line) else 1
    return copies
