"""What a report is before it is a page: sections of plain text, tables and figures.

Everything here is text that nobody has escaped: whoever writes it as HTML does. Only a figure's
``svg`` is markup, and it comes from our own drawing and charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

NoteKind = Literal["plain", "erratum", "warning"]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    ``share``: 0 to 1, drawn as a bar behind the text. ``badge``: a verdict, drawn as a coloured
    mark: "reproduced", "erratum", "close", "differs", "not computable"; or what became of a block:
    "same", "changed", "removed", "added"; "" for none.
    ``marks``: numbers of the table's notes, set as superscripts.
    """

    text: str
    share: float | None = None
    badge: str = ""
    strong: bool = False
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column's head. ``numeric`` ones stand to the right, in figures of one width.

    ``wide``: text that may take several lines; the others never break.
    """

    head: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption; ``notes`` are numbered from 1, as the marks of its cells are.

    ``groups``: rows that begin a group (indices), which get a line above. ``foot``: last rows
    that are sums. ``dense``: many columns, set smaller.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    groups: frozenset[int] = frozenset()
    dense: bool = False


@dataclass(frozen=True)
class FigureBlock:
    """A picture; ``alt`` says what it shows to who cannot see it."""

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
    """A remark that must be seen: an erratum, a warning."""

    kind: ClassVar[str] = "note"
    text: str
    tone: NoteKind = "plain"
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
    """One chapter; ``id`` is its anchor. ``new_page``: begins on a page of its own in print."""

    id: str
    title: str
    blocks: Sequence[Block]
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole report. ``language``: "en" or "zh"; ``footer`` stands on every printed page.

    ``kicker``: what kind of report it is, in a few words above the title. ``stated``: how it is
    counted, in a line below the subtitle.
    """

    title: str
    subtitle: str
    language: str
    sections: Sequence[Section] = field(default_factory=tuple)
    footer: str = ""
    kicker: str = ""
    stated: str = ""
