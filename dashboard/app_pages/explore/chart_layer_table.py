"""The table of layers, or of sums of them, its costs coloured by their part of the largest.

HTML: `linked.js` sorts it by a click on a head, and reports which row was clicked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_exact, format_fixed, format_percent
from dashboard.app_pages.explore.data_layers import HEATED
from dashboard.kit.html import filled

_COUNTS = ("madds", "params", "weight_bytes", "activation_bytes", "layers")
_SHARES = tuple(f"{name}_share" for name in HEATED)
_NUMBERS = (*_COUNTS, *_SHARES, "stride", "arithmetic_intensity")


@dataclass(frozen=True)
class _Cell:
    """A cell; ``value`` is what it is sorted by, ``part`` its size beside the largest, 0 to 1."""

    kind: str
    text: str
    value: float | None = None
    part: float = 0


def layer_table(
    t: Messages, rows: Sequence[Record], heads: Mapping[str, str], *, about: str, at: str
) -> str:
    """Return `data_layers.records` as a table; ``at``: the key of the row to mark, "" for none.

    ``heads``: what the columns are called; ``about``: the table in a sentence.
    """
    names = list(rows[0])
    most = {name: max(row[name] or 0 for row in rows) or 1 for name in (*HEATED, *_SHARES)}
    return filled(
        __file__,
        "layer_table.html",
        t,
        about=about,
        at=at,
        numbers=_NUMBERS,
        heads=[(name, heads[name]) for name in names],
        rows=[
            {"key": row["key"], "cells": [_cell(name, row[name], most) for name in names[1:]]}
            for row in rows
        ],
    )


def _cell(name: str, value: object, most: Mapping[str, float]) -> _Cell:
    if not isinstance(value, int | float):
        return _Cell("n", "") if name in _NUMBERS else _Cell("", str(value or ""))
    part = value / most[name] if name in most else 0
    if name in _SHARES:
        return _Cell("n share", format_percent(value), value, part)
    text = (
        format_exact(int(value)) if name in _COUNTS else format_fixed(value, 2).removesuffix(".00")
    )
    return _Cell("n heat" if name in HEATED else "n", text, value, part)
