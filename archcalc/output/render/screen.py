"""Document blocks → terminal output, as wide as the terminal, or unlimited without one."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from archcalc.base.document import (
    EMPTY,
    Block,
    Cell,
    Column,
    Facts,
    FigureBlock,
    FigureRow,
    Heading,
    Note,
    Section,
    TableBlock,
    Text,
    Tiles,
)
from archcalc.base.messages import Messages, messages
from archcalc.base.names import MARKS
from archcalc.base.plain import plain
from archcalc.output.render.fitting import Fitted, fit

if TYPE_CHECKING:
    from rich.console import Console

UNLIMITED = 100_000
NARROWEST = 40
LONGEST = 1000
"""Maximum rows of a printed table; laying out more takes seconds."""
_TONES: Mapping[str, str] = {"dim": "dim", "good": "green", "warning": "yellow", "bad": "bold red"}


def screen_text(section: Section, language: str = "en", *, width: int = UNLIMITED) -> str:
    """Return a section as plain text, without colours."""
    screen = Screen(io.StringIO(), messages(language), width=width)
    screen.show(section)
    return screen.rendered()


class Screen:
    """Collects output and renders it for one stream.

    Without a terminal: no colours, and no line is folded or cut unless COLUMNS is set.
    """

    def __init__(self, stream: TextIO, t: Messages, *, width: int | None = None) -> None:
        from rich.console import Console

        terminal = stream.isatty()
        self.t = t
        self.width = _columns(stream, terminal=terminal) if width is None else width
        self._buffer = io.StringIO()
        self._console: Console = Console(
            file=self._buffer,
            width=self.width,
            force_terminal=True if terminal else None,  # None: by FORCE_COLOR
            # rich would leave out colours alone
            color_system=None if os.environ.get("NO_COLOR") else "auto",
            emoji=False,
            markup=False,
            highlight=False,
            legacy_windows=False,
        )
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
        self._rule = "─" if encoding.startswith("utf") else "-"

    def rendered(self) -> str:
        """Return everything as text for the stream."""
        lines = self._buffer.getvalue().split("\n")
        return "\n".join(line.rstrip(" ") for line in lines)

    def show(self, section: Section) -> None:
        """Show a section: its title and its blocks, with blank lines where needed."""
        if section.title:
            self._line(section.title, "bold")
        previous: Block | None = None
        for block in section.blocks:
            captioned = isinstance(block, TableBlock) and bool(block.caption)
            begins = previous is None and bool(section.title) and captioned
            if begins or (previous is not None and _apart(previous, block)):
                self._console.print()
            self._show(block)
            previous = block

    def _show(self, block: Block) -> None:
        match block:
            case TableBlock():
                self._table(block)
            case Tiles():
                self._tiles(block)
            case Facts():
                self._facts(block)
            case Note():
                self._note(block)
            case Heading():
                self._line(block.text, "bold")
            case Text():
                self._line(block.text)
            case FigureBlock():
                self._line(block.caption, "dim")
            case FigureRow():
                for figure in block.figures:
                    self._line(figure.caption, "dim")

    def _line(self, text: str, style: str = "") -> None:
        from rich.text import Text as RichText

        self._console.print(RichText(plain(text), style=style, overflow="fold"))

    def _item(self, marker: str, text: str, style: str = "") -> None:
        """Show a text after a marker, with further lines indented."""
        from rich.table import Table
        from rich.text import Text as RichText

        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row(RichText(marker, style=style), RichText(plain(text), style=style))
        self._console.print(table)

    def _facts(self, facts: Facts) -> None:
        """Show names and values side by side, or one below the other for long names."""
        names = [plain(name) for name, _ in facts.pairs]
        wide = max(map(cell_len, names), default=0)
        for name, (_, text) in zip(names, facts.pairs, strict=True):
            if 3 * wide > self.width:
                self._item("·", f"{name}: {text}")
            else:
                self._item(name + " " * (wide - cell_len(name)), text)

    def _note(self, note: Note) -> None:
        text = f"{note.label}: {note.text}" if note.label else note.text
        marker = {"plain": "·", "erratum": MARKS["erratum"].sign, "warning": "!"}[note.tone]
        self._item(marker, text, "dim" if note.tone == "plain" else "yellow")

    def _tiles(self, tiles: Tiles) -> None:
        rows = []
        for tile in tiles.tiles:
            verdict = self.t.word("verdict", tile.badge)
            detail = ", ".join(filter(None, (tile.detail, verdict)))
            rows.append([Cell(tile.label), Cell(tile.value), Cell(detail, tone="dim")])
        self._table(TableBlock("", _TILE, rows))

    def _table(self, block: TableBlock) -> None:
        if block.caption:
            self._line(block.caption, "bold")
        block = _shortened(block, self.t)
        fitted = fit(block, self.width, self.t)
        rule = self._rule * (sum(fitted.widths) + fitted.gap * (len(fitted.widths) - 1))
        if any(column.group for column in fitted.columns):
            self._line(_group_heads(fitted), "bold")
        if any(fitted.heads):
            self._row(fitted, fitted.heads, ["bold"] * len(fitted.heads))
            self._raw(rule)
        cells = (*block.rows, *block.foot)
        headed = any(block.groups.values())
        for index, row in enumerate(fitted.rows):
            is_foot = index >= len(block.rows)
            if index == len(block.rows):
                self._raw(rule)
            elif index in block.groups:
                if block.groups[index]:
                    self._line(block.groups[index], "bold")
                elif index and not headed:
                    self._raw(rule, "dim")
            styles = [_style(cells[index][i], strong=is_foot) for i in fitted.kept]
            self._row(fitted, row, styles)
        for number, note in enumerate(block.notes, 1):
            self._item(f"[{number}]", note)

    def _row(self, fitted: Fitted, row: Sequence[str], styles: Sequence[str]) -> None:
        """Print one row; texts wider than their column are folded."""
        from rich.text import Text as RichText

        pieces = zip(row, fitted.widths, strict=True)
        texts = [_folded(text, width, self._console) for text, width in pieces]
        for line in zip_longest(*texts, fillvalue=""):
            shown = RichText()
            for i, text in enumerate(line):
                space = " " * (fitted.widths[i] - cell_len(text))
                gap = " " * fitted.gap if i + 1 < len(line) else ""
                padded = space + text if fitted.columns[i].numeric else text + space
                shown.append(padded, styles[i]).append(gap)
            self._console.print(shown, soft_wrap=True)

    def _raw(self, text: str, style: str = "") -> None:
        from rich.text import Text as RichText

        self._console.print(RichText(text, style=style), soft_wrap=True)


_TILE = (Column(""), Column("", numeric=True), Column("", wide=True))


def _apart(above: Block, below: Block) -> bool:
    """Return whether a blank line separates two blocks: not between notes or below a heading."""
    if isinstance(above, Heading):
        return False
    return not (isinstance(above, (Note, Text, Facts)) and type(above) is type(below))


def _style(cell: Cell, *, strong: bool) -> str:
    colour = _TONES.get(cell.tone) or (MARKS[cell.badge].style if cell.badge in MARKS else "")
    return f"bold {colour}".strip() if strong or cell.strong else colour


def _group_heads(fitted: Fitted) -> str:
    """Return the line above the heads: each group's head where its first column begins."""
    line, at, previous = "", 0, ""
    for column, width in zip(fitted.columns, fitted.widths, strict=True):
        if column.group and column.group != previous:
            line = line.ljust(at) + column.group + " "
        previous = column.group
        at += width + fitted.gap
    return line.rstrip()


def _folded(text: str, width: int, console: Console) -> list[str]:
    """Fold a text between words, and within words that are too wide."""
    from rich.text import Text as RichText

    if cell_len(text) <= width:
        return [text]
    lines = RichText(text).wrap(console, width, overflow="fold")
    return [line.plain.rstrip(" ") for line in lines]


def _shortened(block: TableBlock, t: Messages) -> TableBlock:
    """Leave out the middle of a very long table, with a note."""
    left_out = len(block.rows) - LONGEST
    if left_out <= 0:
        return block
    half = LONGEST // 2
    words = Cell(t("table.left_out", number=left_out), strong=True)
    gap = [words, *[EMPTY] * (len(block.columns) - 1)]
    groups = {index: head for index, head in block.groups.items() if index < half}
    shift = left_out - 1
    groups |= {i - shift: head for i, head in block.groups.items() if i >= len(block.rows) - half}
    first = replace(block.columns[0], wide=True)
    return replace(
        block,
        columns=[first, *block.columns[1:]],
        rows=[*block.rows[:half], gap, *block.rows[-half:]],
        groups=groups,
    )


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
