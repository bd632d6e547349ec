"""Document blocks → Markdown (GitHub's tables): headings, tables, notes as lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archcalc.base.document import (
    Block,
    Cell,
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
from archcalc.base.plain import plain
from archcalc.output.render.fitting import cell_text

# An underscore inside a word is plain; elsewhere it would begin emphasis. Two braces, or one with a
# percent sign, are template syntax of site generators; a dollar sign may begin a formula.
_SPECIAL = re.compile(r"[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=\{)[{%]")
_BLOCK = re.compile(r"^[#+\-=](?![0-9])|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]|(?<=^[0-9]{3})[.)]")
"""Beginnings of a line that would make a heading, a rule or a list."""


def markdown_text(section: Section, language: str = "en") -> str:
    """Return a section as Markdown that ends with a line break."""
    t = messages(language)
    parts = [_heading(section.title, 1)] if section.title else []
    for block in section.blocks:
        # notes one after another are one list
        if isinstance(block, Note) and parts and parts[-1].startswith("- "):
            parts[-1] += "\n" + _note(block)
        else:
            parts.append("\n".join(_lines(block, t)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(block: Block, t: Messages) -> Iterator[str]:
    match block:
        case TableBlock():
            yield from _table(block, t)
        case Tiles():
            for tile in block.tiles:
                verdict = t.word("verdict", tile.badge)
                rest = ", ".join(filter(None, (tile.detail, verdict)))
                text = f"{line(tile.label)}: **{escape(plain(tile.value))}**"
                yield f"- {text}" + (f" ({escape(plain(rest))})" if rest else "")
        case Facts():
            yield from (f"- {line(name)}: {escape(plain(text))}" for name, text in block.pairs)
        case Note():
            yield _note(block)
        case Heading():
            yield _heading(block.text, 2)
        case Text():
            yield line(block.text)
        case FigureBlock():
            yield line(block.caption)
        case FigureRow():
            yield from (line(figure.caption) for figure in block.figures)


def _table(block: TableBlock, t: Messages) -> Iterator[str]:
    if block.caption:
        yield _heading(block.caption, 2)
        yield ""
    yield _row(_heads(block))
    yield _row("---:" if column.numeric else "---" for column in block.columns)
    rest = [""] * (len(block.columns) - 1)
    for index, row in enumerate(block.rows):
        if block.groups.get(index):
            yield _row([f"**{escape(plain(block.groups[index]))}**", *rest])
        yield _row(_cell(cell, t) for cell in row)
    for row in block.foot:
        yield _row(_cell(cell, t, strong=True) for cell in row)
    if block.notes:
        yield ""
        yield from (f"{number}. {line(note)}" for number, note in enumerate(block.notes, 1))


def _heads(block: TableBlock) -> Iterator[str]:
    """Yield the heads; the first column of a group has the group's head too."""
    group = ""
    for column in block.columns:
        new = column.group if column.group != group else ""
        group = column.group
        yield escape(plain(f"{new} {column.head}").strip())


def _cell(cell: Cell, t: Messages, *, strong: bool = False) -> str:
    text = escape(cell_text(cell, t))
    return f"**{text}**" if text and (strong or cell.strong) else text


def _note(note: Note) -> str:
    label = "" if not note.label else f"{line(note.label)}: "
    mark = "**†** " if note.tone == "erratum" else ""
    return f"- {mark}{label}{escape(plain(note.text)) if label else line(note.text)}"


def _heading(text: str, level: int) -> str:
    # trailing signs would be read as the heading's closing mark
    return f"{'#' * level} " + re.sub(r"(?=#+$)", r"\\", line(text), count=1)


def line(text: str) -> str:
    r"""Return a line of text that Markdown shows unchanged, wherever it is.

    >>> print(line("- a_b"), line("1. a"), line("-7"))
    \- a_b 1\. a -7
    """
    return _BLOCK.sub(r"\\\g<0>", escape(plain(text).strip()))


def escape(text: str) -> str:
    r"""Return text that Markdown shows unchanged.

    >>> print(escape("a|b *c* mobilenet_v2 _x"))
    a\|b \*c\* mobilenet_v2 \_x
    """
    return _SPECIAL.sub(r"\\\g<0>", text)


def _row(cells: Iterable[str] | Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
