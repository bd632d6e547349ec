"""Blocks of the document model as HTML, in the colours of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from archcalc.base.document import Block, Cell, Column, Facts, Heading, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.base.names import MARKS


def show_table(t: Messages, block: TableBlock, links: Sequence[str] = ()) -> None:
    """Show a table with its caption and its notes; it scrolls sideways where it must.

    ``links``: for each row the address that its first cell leads to, "" for none.
    """
    st.html("".join(_table(t, block, links)))


def show_blocks(t: Messages, blocks: Sequence[Block]) -> None:
    """Show tables, headings, paragraphs and facts of a report's section."""
    for block in blocks:
        if isinstance(block, TableBlock):
            show_table(t, block)
        elif isinstance(block, Heading):
            st.html(f"<h4>{escape(block.text)}</h4>")
        elif isinstance(block, Facts):
            pairs = (
                f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in block.pairs
            )
            st.html(f'<dl class="facts">{"".join(pairs)}</dl>')
        elif isinstance(block, Text):
            st.html(f"<p>{escape(block.text)}</p>")
        else:
            raise TypeError(f"{block.kind}: no block that a page shows")


def badge(t: Messages, verdict: str, text: str = "") -> str:
    """Return a verdict as a mark: its sign, its word, and a text before them."""
    kind = verdict.replace(" ", "-")
    words = escape(f"{text} {MARKS[verdict].sign} {t(f'verdict.{verdict}')}".strip())
    return f'<span class="badge {kind}">{words}</span>'


def _table(t: Messages, block: TableBlock, links: Sequence[str]) -> Iterator[str]:
    caption = escape(block.caption)
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">'
    yield f'<table class="printed"><caption>{caption}</caption><thead><tr>'
    for column in block.columns:
        numeric = ' class="numeric"' if column.numeric else ""
        yield f'<th scope="col"{numeric}>{escape(column.head)}</th>'
    yield "</tr></thead><tbody>"
    for index, row in enumerate(block.rows):
        yield f'<tr class="{"group" if index in block.groups else ""}">'
        yield from _cells(t, block.columns, row, links[index] if links else "")
        yield "</tr>"
    yield "</tbody>"
    if block.foot:
        yield "<tfoot>"
        for row in block.foot:
            yield f"<tr>{''.join(_cells(t, block.columns, row))}</tr>"
        yield "</tfoot>"
    yield "</table></div>"
    if block.notes:
        yield '<ol class="notes">'
        yield from (f"<li>{escape(note)}</li>" for note in block.notes)
        yield "</ol>"


def _cells(
    t: Messages, columns: Sequence[Column], row: Sequence[Cell], link: str = ""
) -> Iterator[str]:
    for index, (column, cell) in enumerate(zip(columns, row, strict=True)):
        yield _cell(t, column, cell, link if index == 0 else "")


def _cell(t: Messages, column: Column, cell: Cell, link: str) -> str:
    kinds = [name for name in ("numeric", "wide") if getattr(column, name)]
    text = escape(cell.text)
    if link:
        text = f'<a href="{escape(link)}">{text}</a>'
    if cell.strong:
        text = f"<strong>{text}</strong>"
    if cell.badge:
        text = f"{badge(t, cell.badge)} {text}".strip()
    if cell.marks:
        text += f"<sup>{', '.join(map(str, cell.marks))}</sup>"
    return f'<td class="{" ".join(kinds)}">{text}</td>'
