"""Fits a table to a width: in full, with short cells, fewer columns, at last folded text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import MARKS
from archcalc.base.plain import plain

GAP, _NARROW_GAP = 2, 1
"""Spaces between columns, and where nothing else helps."""
INDENT = 2
"""Spaces before a row of a group that has a head."""
_LEAST = 4
_LEAST_WIDE = 20
"""Width from which on a wide column is folded instead of dropped."""


@dataclass(frozen=True)
class Fitted:
    """A table as texts with column widths; the rows of the foot come last.

    ``kept``: for each column its index in the block.
    """

    columns: Sequence[Column]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    kept: Sequence[int]
    gap: int = GAP


def fit(block: TableBlock, width: int, t: Messages) -> Fitted:
    """Return the first form of a table that is at most ``width`` characters wide.

    In this order: every column in full; every column in short; then without the columns of the
    highest priority, the next … The last form is as narrow as its words allow, or narrower.
    """
    forms = list(_forms(block, t))
    form = next((one for one in forms if _least(one) <= width), None)
    if form is None:
        form = replace(forms[-1], gap=_NARROW_GAP)
    return replace(form, widths=_widths(form, width))


def _forms(block: TableBlock, t: Messages) -> Iterator[Fitted]:
    priorities = sorted({column.priority for column in block.columns}, reverse=True)
    everything = max(priorities, default=0)
    choices = [(everything, False), (everything, True)]
    choices += [(most, True) for most in (*priorities[1:], 0) if most < everything]
    for most, short in dict.fromkeys(choices):
        kept = [i for i, column in enumerate(block.columns) if column.priority <= most]
        columns = [block.columns[i] for i in kept]
        rows = [
            [cell_text(row[i], t, short=short) for i in kept] for row in (*block.rows, *block.foot)
        ]
        for index in _within_groups(block):
            rows[index][0] = " " * INDENT + rows[index][0]
        said = [i for i in range(len(kept)) if not short or any(row[i] for row in rows)]
        heads = [
            column.short if short and column.short is not None else column.head
            for column in columns
        ]
        yield Fitted(
            [columns[i] for i in said],
            [plain(heads[i]) for i in said],
            [[row[i] for i in said] for row in rows],
            [max([_len(heads[i]), *(_len(row[i]) for row in rows)]) for i in said],
            [kept[i] for i in said],
        )


def _within_groups(block: TableBlock) -> Iterator[int]:
    """Yield the rows below the head of their group."""
    within = False
    for index in range(len(block.rows)):
        within = bool(block.groups[index]) if index in block.groups else within
        if within:
            yield index


def cell_text(cell: Cell, t: Messages, *, short: bool = False) -> str:
    """Write a cell on one line: its verdict, its text and the marks of its notes."""
    text = cell.short if short and cell.short is not None else cell.text
    badge = ""
    if cell.badge:
        sign = MARKS[cell.badge].sign if cell.badge in MARKS else ""
        badge = sign if short else t.word("verdict", cell.badge)
    marks = "".join(f"[{mark}]" for mark in cell.marks)
    return ("" if short and badge else " ").join(
        part for part in (badge, plain(text), marks) if part
    )


def _least(form: Fitted) -> int:
    """Return the width of a form with its wide columns moderately folded."""
    return _total(
        [
            min(width, max(_LEAST_WIDE, _word(form, i))) if column.wide else width
            for i, (column, width) in enumerate(_pairs(form))
        ],
        form.gap,
    )


def _widths(form: Fitted, width: int) -> list[int]:
    """Narrow the widest text columns until a form fits; columns of figures last."""
    widths = list(form.widths)
    floors = [_word(form, i) if c.wide else w for i, (c, w) in enumerate(_pairs(form))]
    words = [min(wanted, _word(form, i)) for i, wanted in enumerate(widths)]
    for least in (floors, words, [_LEAST] * len(widths)):
        while _total(widths, form.gap) > width:
            spare = [i for i in range(len(widths)) if widths[i] > least[i]]
            if not spare:
                break
            widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _pairs(form: Fitted) -> Iterator[tuple[Column, int]]:
    return zip(form.columns, form.widths, strict=True)


def _word(form: Fitted, index: int) -> int:
    texts = (form.heads[index], *(row[index] for row in form.rows))
    return max((_len(word) for text in texts for word in text.split(" ")), default=0)


def _total(widths: Sequence[int], gap: int) -> int:
    return sum(widths) + gap * (len(widths) - 1)


def _len(text: str) -> int:
    """Return the width of a text in characters; rich is imported for terminals only."""
    from rich.cells import cell_len

    return cell_len(text)
