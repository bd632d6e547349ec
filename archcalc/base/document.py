"""The document model: tables, tiles, figures and notes of plain text, before they are rendered.

A result becomes a `Section` of blocks in `output/present`, and blocks become HTML, lines of a
terminal, Markdown or LaTeX in `output/render`. Every text here is unescaped: the renderers escape.
Only a figure's ``svg`` is markup, and it comes from our own drawings and charts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

NoteTone = Literal["plain", "erratum", "warning"]
Tone = Literal["", "dim", "good", "warning", "bad"]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    ``short``: the same in fewer characters, for a narrow screen; None where there is no shorter
    way. ``share``: 0 to 1, drawn as a bar behind the text. ``badge``: a verdict ("reproduced",
    "erratum", "close", "differs", "not computable") or a status ("same", "changed", "removed",
    "added"), drawn as a coloured sign with its word. ``marks``: numbers of the table's notes.
    ``tone``: "dim" for what matters less, else how good it is. ``link``: an address.
    """

    text: str
    share: float | None = None
    badge: str = ""
    strong: bool = False
    marks: tuple[int, ...] = ()
    short: str | None = None
    tone: Tone = ""
    link: str = ""


EMPTY = Cell("")


@dataclass(frozen=True)
class Column:
    """A column's head. ``numeric`` columns are right-aligned, in figures of one width.

    ``wide``: text that may take several lines; the others never break. ``priority``: a screen that
    is too narrow drops the columns of the highest priority first, and never one of 0. ``group``:
    a head above this column and its neighbours of the same group. ``short``: the head on a narrow
    screen, as `Cell.short`.
    """

    head: str
    numeric: bool = False
    wide: bool = False
    priority: int = 0
    group: str = ""
    short: str | None = None


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption; ``notes`` are numbered from 1, as the marks of its cells are.

    ``groups``: for each row (by index) that begins a group the group's head, "" for a mere line
    above the row. ``foot``: last rows that are sums. ``dense``: many columns, set smaller.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    groups: Mapping[int, str] = field(default_factory=dict)
    dense: bool = False


@dataclass(frozen=True)
class FigureBlock:
    """A picture with its caption and its alt text."""

    kind: ClassVar[str] = "figure"
    svg: str
    caption: str
    alt: str
    width: float = 1.0
    """Share of the page's width that it may take."""


@dataclass(frozen=True)
class FigureRow:
    """Small pictures side by side."""

    kind: ClassVar[str] = "figures"
    figures: Sequence[FigureBlock]


@dataclass(frozen=True)
class Tile:
    """One headline figure: "300,774,272", "MAdds", "the paper prints 300M: reproduced"."""

    value: str
    label: str
    detail: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Tiles:
    """Headline figures side by side."""

    kind: ClassVar[str] = "tiles"
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True)
class Note:
    """A highlighted remark: an erratum, a warning."""

    kind: ClassVar[str] = "note"
    text: str
    tone: NoteTone = "plain"
    label: str = ""


@dataclass(frozen=True)
class Facts:
    """Names with values: versions, machine, method."""

    kind: ClassVar[str] = "facts"
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    kind: ClassVar[str] = "heading"
    text: str


Block = TableBlock | FigureBlock | FigureRow | Tiles | Text | Note | Facts | Heading


@dataclass(frozen=True)
class Section:
    """A result or a chapter of a report; ``id``: its anchor, ``new_page``: starts a new page."""

    id: str
    title: str
    blocks: Sequence[Block]
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole report. ``language``: "en" or "zh"; ``footer`` is on every printed page.

    ``kicker``: the kind of report, above the title. ``stated``: the convention, batch and data
    type, below the subtitle.
    """

    title: str
    subtitle: str
    language: str
    sections: Sequence[Section] = field(default_factory=tuple)
    footer: str = ""
    kicker: str = ""
    stated: str = ""
