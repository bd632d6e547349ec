"""Small matrices whose cut entries are hatched, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from archcalc.base.units import format_decimal

_TINTS = ("0,114,178", "230,159,0")
"""Blue for what is positive, orange for what is negative: the figures have their signs too."""


def grid(
    values: Sequence[Sequence[float | None]],
    kept: Sequence[Sequence[bool]],
    *,
    caption: str,
    cut: str,
    heads: Sequence[str] = (),
) -> str:
    """Return a matrix as HTML; ``cut``: the word for an entry that is cut, for who hears it.

    An entry that is None is one without a number. ``heads``: names of the columns.
    """
    return "".join(_grid(values, kept, caption, cut, heads))


def show_grids(parts: Sequence[str], *, key: str) -> None:
    """Show matrices beside each other, with texts such as "→" between them."""
    html = "".join(
        one if one.startswith("<") else f'<span class="between" aria-hidden="true">{one}</span>'
        for one in parts
    )
    with st.container(key=key):
        st.html(f'<div class="grids">{html}</div>')


def _grid(
    values: Sequence[Sequence[float | None]],
    kept: Sequence[Sequence[bool]],
    caption: str,
    cut: str,
    heads: Sequence[str],
) -> Iterator[str]:
    most = max((abs(v) for row in values for v in row if v is not None), default=0) or 1
    yield f'<table class="grid"><caption>{escape(caption)}</caption>'
    if heads:
        cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for row, stays in zip(values, kept, strict=True):
        cells = "".join(
            _cell(v, most, "" if stay else cut) for v, stay in zip(row, stays, strict=True)
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


def _cell(value: float | None, most: float, cut: str) -> str:
    text = "·" if value is None else format_decimal(value)
    if cut:
        return f'<td class="cut"><s>{text}</s><span class="sr"> {escape(cut)}</span></td>'
    if not value:
        return f"<td>{text}</td>"
    tint = f"rgba({_TINTS[value < 0]},{0.08 + 0.32 * abs(value) / most:.2f})"
    return f'<td style="background-color:{tint}">{text}</td>'
