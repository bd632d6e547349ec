"""The view of a document for the templates: numbers, anchors, and the fit of tables on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from archcalc.base.document import (
    Block,
    Cell,
    Document,
    FigureBlock,
    FigureRow,
    Section,
    TableBlock,
)
from archcalc.base.errors import shorten
from archcalc.base.plain import plain
from archcalc.output.render.fonts import STACK
from archcalc.output.svg import Prepared, prepare

LONG = 40
"""Maximum characters of a cell on one line; longer ones are folded."""

_LONGEST_LABEL = 400
"""Characters of a label for a screen reader."""

_PAPER, _SIDEWAYS = 504.0, 750.0
"""Text width of A4 in points, portrait and landscape."""
_POINTS, _DENSE, _LEAST = 8.8, 8.0, 6.4
_FINEST = 5.4
"""Font sizes of a table in print, in points."""
_GAP = 1.2
"""Space between columns, in em."""
_WIDE = 16.0
"""Least width of a column of sentences, likewise."""
_SHORT = 14
"""Maximum rows of a table that is kept on one page."""


@dataclass(frozen=True)
class BlockView:
    """A block with its kind."""

    kind: str
    block: Block


@dataclass(frozen=True)
class FigureView:
    """A picture with its number, its anchor and its SVG prepared for the page."""

    kind: str
    block: FigureBlock
    id: str
    number: int
    prepared: Prepared

    @property
    def svg(self) -> Any:
        """The picture as markup."""
        from markupsafe import Markup

        return Markup(self.prepared.svg)  # noqa: S704 - from our own drawing and charts

    @property
    def natural(self) -> int:
        """Its own width in pixels."""
        return self.prepared.width

    @property
    def share(self) -> int:
        """Percent of the page's width."""
        return round(100 * min(1.0, max(0.1, self.block.width)))


@dataclass(frozen=True)
class FigureRowView:
    """Pictures side by side."""

    kind: str
    figures: Sequence[FigureView]


@dataclass(frozen=True)
class TableView:
    """A table with its number, its anchor and its font size in print.

    ``number``: 0 where tables have none. ``label``: the name of a table without a caption.
    """

    kind: str
    block: TableBlock
    id: str
    number: int
    label: str
    points: float
    sideways: bool
    folded: bool
    """Whether it is wider than a landscape page in the smallest size, so that cells are folded."""

    @property
    def named(self) -> Any:
        """The attribute that names the table for a screen reader."""
        from markupsafe import Markup

        if self.number or self.block.caption:
            return Markup('aria-labelledby="{}"').format(self.id)
        return Markup('aria-label="{}"').format(self.label)

    @property
    def spans(self) -> list[tuple[str, int]]:
        """The group heads, each with its number of columns."""
        heads = [column.group for column in self.block.columns]
        return [(head, len(list(own))) for head, own in groupby(heads)] if any(heads) else []

    @property
    def short(self) -> bool:
        """Whether it is kept on one page."""
        return len(self.block.rows) + len(self.block.foot) <= _SHORT

    def row_classes(self, index: int) -> str:
        """Return the classes of a row: beginning of a group, no page break."""
        last = len(self.block.rows) - 1
        names = {
            "group": index in self.block.groups and index > 0 and not self.block.groups[index],
            # not the last row, which would keep the text after the table with it
            "with-next": index < last
            and (index < 2 or index == last - 1 or index in self.block.groups),
        }
        return " ".join(name for name, is_so in names.items() if is_so)


@dataclass(frozen=True)
class SectionView:
    """A chapter with its number and its anchor."""

    id: str
    number: int
    title: str
    new_page: bool
    landscape: bool
    blocks: Sequence[BlockView | FigureView | FigureRowView | TableView]


@dataclass
class _Numbers:
    """The numbers of tables and figures so far, and the used anchors.

    ``shown``: whether readers see the numbers. ``prefix``: comes before the anchors.
    """

    tables: int = 0
    figures: int = 0
    anchors: set[str] = field(default_factory=set)
    shown: bool = True
    prefix: str = ""


def views_of(document: Document) -> list[SectionView]:
    """Return the chapters of a document, with numbered tables and figures."""
    numbers = _Numbers()
    return [_section(one, index + 1, numbers) for index, one in enumerate(document.sections)]


def views_of_blocks(
    blocks: Sequence[Block], prefix: str, label: str
) -> list[BlockView | FigureView | FigureRowView | TableView]:
    """Return unnumbered blocks for another page, with anchors of their own.

    ``prefix``: begins the anchors. ``label``: names a table without a caption.
    """
    numbers = _Numbers(shown=False, prefix=prefix)
    return [_view(block, numbers, label) for block in blocks]


def _section(section: Section, number: int, numbers: _Numbers) -> SectionView:
    blocks = [_view(block, numbers, section.title) for block in section.blocks]
    return SectionView(
        id=_anchor(section.id, numbers),
        number=number,
        title=section.title,
        new_page=section.new_page,
        landscape=any(isinstance(one, TableView) and one.sideways for one in blocks),
        blocks=blocks,
    )


def _view(
    block: Block, numbers: _Numbers, label: str
) -> BlockView | FigureView | FigureRowView | TableView:
    if isinstance(block, TableBlock):
        numbers.tables += 1
        return _table(block, numbers, label)
    if isinstance(block, FigureBlock):
        return _figure(block, numbers)
    if isinstance(block, FigureRow):
        return FigureRowView(block.kind, [_figure(one, numbers) for one in block.figures])
    return BlockView(block.kind, block)


def _figure(block: FigureBlock, numbers: _Numbers) -> FigureView:
    numbers.figures += 1
    name = f"{numbers.prefix}figure-{numbers.figures}"
    number = numbers.figures if numbers.shown else 0
    return FigureView(block.kind, block, name, number, prepare(block.svg, block.alt, name, STACK))


def _anchor(wanted: str, numbers: _Numbers) -> str:
    """Return an anchor of letters, digits and hyphens that no other section has."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in wanted)[:80]
    name, count = kept or "section", 1
    while name in numbers.anchors:
        count += 1
        name = f"{kept}-{count}"
    numbers.anchors.add(name)
    return name


def _table(table: TableBlock, numbers: _Numbers, label: str) -> TableView:
    """Choose a font size that fits the page, or a landscape page where it would be too small."""
    rows = [*table.rows, *table.foot]
    need = sum(
        _width(index, wide=column.wide, head=column.head, rows=rows)
        for index, column in enumerate(table.columns)
    ) + _GAP * len(table.columns)
    most = _DENSE if table.dense else _POINTS
    sideways = _PAPER / need < _LEAST
    points = min(
        most, max(_FINEST if sideways else _LEAST, (_SIDEWAYS if sideways else _PAPER) / need)
    )
    return TableView(
        kind=table.kind,
        block=table,
        id=f"{numbers.prefix}table-{numbers.tables}",
        number=numbers.tables if numbers.shown else 0,
        label=shorten(plain(label), _LONGEST_LABEL),
        points=round(points, 1) if points == most else int(points * 10) / 10,
        sideways=sideways,
        folded=sideways and _SIDEWAYS / need < _FINEST,
    )


def _width(index: int, *, wide: bool, head: str, rows: Sequence[Sequence[Cell]]) -> float:
    """Return the width that a column needs, in em."""
    heads = max(map(_ems, head.split()), default=0.0)
    texts = max((_ems(row[index].text) + _extra(row[index]) for row in rows), default=0.0)
    return max(heads, min(texts, _WIDE if wide else LONG * 0.55 + 6))


def _extra(cell: Cell) -> float:
    badge = 2.2 + 0.5 * len(cell.badge) if cell.badge else 0.0
    return badge + 0.4 * len(cell.marks)


def _ems(text: str) -> float:
    """Return an upper estimate of a text's width in Source Sans, in em."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.53 for c in text)
