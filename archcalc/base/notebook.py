"""Results as a notebook shows them: HTML without scripts, readable on light and on dark pages.

Every colour but the lines' is the page's own, and every style stands in its element, since what
shows a notebook may drop anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import import_module
from typing import Any, Protocol

from archcalc.base.errors import shorten
from archcalc.base.plain import cell_text, plain

SHOWN = 60
"""Rows of a table that are shown; a table that has just a few more is shown whole."""
_FEW = 10
_LONGEST_CELL, _LONGEST_LINE = 300, 1200

_TABLE = "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5em 0 .3em"
_WRAP = "overflow-x:auto"
_CELL = "padding:.15em .7em;border:0;background:none;"
_HEAD = (
    f"{_CELL}font-weight:600;border-bottom:2px solid rgba(128,128,128,.55);vertical-align:bottom;"
)
_BODY = f"{_CELL}border-bottom:1px solid rgba(128,128,128,.2);vertical-align:top;"
_FOOT = f"{_CELL}border-top:2px solid rgba(128,128,128,.55);font-weight:600;"
_SIDE = {True: "text-align:right;white-space:nowrap", False: "text-align:left;white-space:nowrap"}
_FOLDED = "text-align:left;white-space:normal;min-width:16em;max-width:40em;overflow-wrap:anywhere"
_LONG = 40
"""Characters of a cell beyond which it takes several lines."""
_SMALL = "margin:.1em 0;font-size:.9em;max-width:60em;overflow-wrap:anywhere"


class Readable(Protocol):
    """What a table offers to be shown; `archcalc.base.tables.Table` says what each of it is."""

    @property
    def title(self) -> str: ...
    def summary(self) -> Sequence[str]: ...
    def notes(self) -> Sequence[str]: ...
    def foot(self) -> Sequence[dict[str, Any]]: ...
    def further(self) -> Sequence[Readable]: ...
    def numeric(self) -> dict[str, bool]: ...
    def head_of(self, most: int) -> tuple[list[dict[str, Any]], int]: ...


def page_of(table: Readable) -> str:
    """Return a table with its title, what stands above and below it, and the tables below."""
    return f"<div>{''.join(_elements(table))}</div>"


def overview(thing: object) -> str:
    """Return the page of a net or of a spec.

    Both show what they cost, which only later parts know: the one look ahead of all imports.
    """
    return str(import_module("archcalc.output.exporting.overview").page(thing))


def folded(title: str, content: str) -> str:
    """Return HTML that opens on a click, without a script."""
    style = "margin:.4em 0;overflow:auto"
    return f'<details style="{style}"><summary>{_line(title)}</summary>{content}</details>'


def heading(text: str) -> str:
    """Return a title as HTML."""
    return f'<p style="margin:.3em 0;overflow-wrap:anywhere"><b>{_line(text)}</b></p>'


def lines(texts: Sequence[str]) -> str:
    """Return remarks as HTML, a paragraph each; errata are marked."""
    found = []
    for text in texts:
        mark = "<b>†</b> " if text.startswith("erratum") else ""
        found.append(f'<p style="{_SMALL}">{mark}{_line(text)}</p>')
    return "".join(found)


def _elements(table: Readable) -> Iterator[str]:
    yield heading(table.title)
    yield lines(table.summary())
    records, count = table.head_of(SHOWN + _FEW)
    if count > len(records):
        records = records[:SHOWN]
    if records:
        yield _rows(table, records, count)
    yield lines(table.notes())
    for part in table.further():
        yield from _elements(part)


def _rows(table: Readable, records: Sequence[dict[str, Any]], count: int) -> str:
    right = table.numeric()
    # a column that says nothing of any row says nothing
    names = [name for name in right if any(one[name] not in (None, "") for one in records)]
    sides = [_SIDE[right[name]] for name in names]
    parts = [f'<div style="{_WRAP}"><table style="{_TABLE}"><thead>']
    parts += [_row(names, sides, "th", _HEAD), "</thead><tbody>"]
    parts += [_row([record[name] for name in names], sides, "td", _BODY) for record in records]
    if count > len(records):
        words = f"… {count - len(records):,} more rows"
        style = f"{_BODY}text-align:left;font-style:italic"
        parts.append(f'<tr><td colspan="{len(sides)}" style="{style}">{words}</td></tr>')
    parts.append("</tbody>")
    if table.foot():
        sums = [_row([one[name] for name in names], sides, "td", _FOOT) for one in table.foot()]
        parts.append(f"<tfoot>{''.join(sums)}</tfoot>")
    return f"{''.join(parts)}</table></div>"


def _row(values: Sequence[Any], sides: Sequence[str], element: str, style: str) -> str:
    cells = []
    for value, side in zip(values, sides, strict=True):
        text = shorten(cell_text(value), _LONGEST_CELL)
        own = _FOLDED if len(text) > _LONG else side
        cells.append(f'<{element} style="{style}{own}">{escape(text)}</{element}>')
    return f"<tr>{''.join(cells)}</tr>"


def _line(text: str) -> str:
    return escape(shorten(plain(text), _LONGEST_LINE))
