"""Tables for people: as wide as the terminal, or as wide as they are where there is none."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from archcalc.base.plain import plain
from archcalc.cli._aligned import GAP, Aligned

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

UNLIMITED = 100_000
NARROWEST = 40
_LEAST_FOLDED = 8
_LONGEST = 1000
"""Rows that a person may scroll through; laying out more takes seconds."""


@dataclass(frozen=True)
class Column:
    """A column of a `Grid`; where space is short, text that may ``fold`` goes on below."""

    head: str
    right: bool = False
    fold: bool = False


@dataclass
class Grid:
    """Cells of text, not yet laid out."""

    columns: tuple[Column, ...]
    rows: list[tuple[tuple[str, ...], str | Sequence[str]]] = field(default_factory=list)

    def add(self, *cells: str, style: str | Sequence[str] = "") -> None:
        """Add a row; ``style`` is for the whole row, or one for each cell."""
        self.rows.append((tuple(map(plain, cells)), style))


class Screen:
    """Collects what is shown, and renders it for one stream.

    No terminal: no colours, and no line is folded or cut, unless COLUMNS says how wide it is.
    """

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        terminal = stream.isatty()
        self.width = _columns(stream, terminal=terminal)
        self._buffer = io.StringIO()
        self._console: Console = Console(
            file=self._buffer,
            width=self.width,
            force_terminal=True if terminal else None,  # None: as FORCE_COLOR says
            # rich would leave out colours alone
            color_system=None if os.environ.get("NO_COLOR") else "auto",
            emoji=False,
            markup=False,
            highlight=False,
            legacy_windows=False,
        )
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
        self._ascii = not encoding.startswith("utf")

    def rendered(self) -> str:
        """Return everything as text for the stream."""
        lines = self._buffer.getvalue().split("\n")
        return "\n".join(line.rstrip(" ") for line in lines)

    def blank(self) -> None:
        """Leave a line free."""
        self._console.print()

    def line(self, text: str, style: str = "") -> None:
        """Show a text, on several lines where it is longer than the screen is wide."""
        from rich.text import Text

        self._console.print(Text(plain(text), style=style, overflow="fold"))

    def items(self, items: Iterable[tuple[str, str]], style: str = "") -> None:
        """Show texts with a marker before each, further lines indented."""
        from rich.table import Table
        from rich.text import Text

        for marker, text in items:
            table = Table.grid(padding=(0, 1))
            table.add_column(no_wrap=True)
            table.add_column(overflow="fold")
            table.add_row(Text(plain(marker), style=style), Text(plain(text), style=style))
            self._console.print(table)

    def table(self, *grids: Grid) -> None:
        """Show the first of ``grids`` that fits, else the last with its texts folded.

        Of a very long table the middle is left out, and said to be.
        """
        grids = tuple(map(_shortened, grids))
        grid = next(filter(self.fits, grids), grids[-1])
        widths = _between_words(grid, self.width)
        if widths:
            self._console.print(Aligned(grid.columns, widths, grid.rows, self._rule(grid)))
            return
        rigid = sum(
            GAP + (_LEAST_FOLDED if column.fold else width)
            for column, width in zip(grid.columns, _widths_of(grid), strict=True)
        )
        self._console.print(self._rich(grid, fold_all=rigid - GAP > self.width))

    def fits(self, grid: Grid) -> bool:
        """Tell whether no text of ``grid`` needs folding."""
        widths = _widths_of(grid)
        return sum(widths) + GAP * (len(widths) - 1) <= self.width

    def _rule(self, grid: Grid) -> str:
        """Return the character of the line below the heads; nothing where there are no heads."""
        headed = any(column.head for column in grid.columns)
        return ("-" if self._ascii else "─") if headed else ""

    def _rich(self, grid: Grid, *, fold_all: bool) -> RichTable:
        """Return a table of which rich finds the widths: it is too narrow for its words."""
        from rich.box import Box
        from rich.table import Table
        from rich.text import Text

        rule = self._rule(grid)
        table = Table(
            box=Box(f"    \n    \n {rule * 2} \n    \n    \n    \n    \n    \n") if rule else None,
            show_header=bool(rule),
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0) if rule else (0, GAP, 0, 0),
            header_style="bold",
        )
        for column in grid.columns:
            table.add_column(
                column.head,
                justify="right" if column.right else "left",
                no_wrap=not (column.fold or fold_all),
                overflow="fold",
            )
        for cells, style in grid.rows:
            whole = style if isinstance(style, str) else ""
            each = [""] * len(cells) if isinstance(style, str) else style
            texts = [Text(text, style=one) for text, one in zip(cells, each, strict=True)]
            table.add_row(*texts, style=whole)
        return table


def _shortened(grid: Grid) -> Grid:
    left_out = len(grid.rows) - _LONGEST
    if left_out <= 0:
        return grid
    head, tail = grid.rows[: _LONGEST // 2], grid.rows[-_LONGEST // 2 :]
    word = f"… {left_out} rows left out: -o FILE or --format csv has all of them"
    gap = (word, *[""] * (len(grid.columns) - 1))
    first = Column(grid.columns[0].head, right=grid.columns[0].right, fold=True)
    return Grid((first, *grid.columns[1:]), [*head, (gap, "bold"), *tail])


def _between_words(grid: Grid, width: int) -> list[int] | None:
    """Return widths of the columns that fold texts between words alone, the widest the most.

    None where ``width`` is too narrow for that.
    """
    widths = [min(wanted, width) for wanted in _widths_of(grid)]
    room = width - GAP * (len(widths) - 1)
    if sum(widths) <= room:
        return widths
    least = [
        _width_of(grid, index, by_word=True) if column.fold else widths[index]
        for index, column in enumerate(grid.columns)
    ]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare = [index for index in range(len(widths)) if widths[index] > least[index]]
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _widths_of(grid: Grid) -> list[int]:
    return [_width_of(grid, index) for index in range(len(grid.columns))]


def _width_of(grid: Grid, index: int, *, by_word: bool = False) -> int:
    from rich.cells import cell_len

    texts = [grid.columns[index].head, *(cells[index] for cells, _ in grid.rows)]
    if by_word:
        texts = [word for text in texts for word in text.split(" ")]
    return max(map(cell_len, texts))


def _columns(stream: TextIO, *, terminal: bool) -> int:
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdecimal() and int(wanted[:6]) > 0:
        return max(NARROWEST, int(wanted[:6]))
    if not terminal:
        return UNLIMITED
    try:
        return max(NARROWEST, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return 80
