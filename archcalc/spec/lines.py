"""A row of a spec as it is read: what it names and states, not yet an operator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Scale:
    """How a row's widths follow the multiplier: not at all, or never below ``least`` / 10⁴."""

    fixed: bool = False
    least: int = 0


@dataclass(frozen=True)
class Stated:
    """A value with the cell that states it, for messages: ``cell`` quotes the cell's text."""

    value: Any
    cell: str
    line: int


@dataclass(frozen=True)
class Line:
    """One row: which operator, on what, with which keywords and assertions."""

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
    """The cells of the paper's table by column, ``use`` not applied."""


@dataclass(frozen=True)
class Repeat:
    """A group of rows that runs ``times`` times, one after another."""

    times: int
    line: int
    rows: Rows


Rows = tuple["Line | Repeat | None", ...]
"""Rows in order; None where a row has a fault, which is among the problems."""


def each_line(rows: Sequence[Line | Repeat | None]) -> Iterator[Line]:
    """Yield every row once, those of groups too."""
    for row in rows:
        if isinstance(row, Repeat):
            yield from each_line(row.rows)
        elif row is not None:
            yield row


def parts_of(value: Any, limit: int) -> int:
    """Return how many scalars a value holds; counting ends beyond ``limit``."""
    found, pending = 0, [value]
    while pending and found <= limit:
        item = pending.pop()
        found += 1
        if isinstance(item, Mapping):
            pending.extend(item.values())
        elif isinstance(item, (list, tuple)):
            pending.extend(item)
    return found


def copies_of(rows: Sequence[Line | Repeat | None]) -> int:
    """Return how many copies of rows there are once groups and ``n`` are unrolled."""
    return sum(
        row.times * copies_of(row.rows) if isinstance(row, Repeat) else row.copies if row else 0
        for row in rows
    )
