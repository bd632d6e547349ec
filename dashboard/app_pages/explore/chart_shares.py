"""Shares of MAdds upwards, of parameters downwards: where a net computes and where it remembers.

HTML, with its figures as attributes: `linked.js` shows them and tells which column was clicked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from math import ceil, floor, log10

from archcalc.base.tables import Record
from archcalc.base.units import format_percent

_MOST_NAMES = 48
_TICKS = 6
"""About how many lines across the whole chart."""


def shares(
    bars: Sequence[Record],
    *,
    words: Mapping[str, str],
    about: str,
    at: str,
    in_order: bool = True,
) -> str:
    """Return the chart of `views.layers.bars`; ``at``: the group to mark, "" for none.

    ``words``: what "madds" and "params" are called; ``about``: the chart in a sentence.
    ``in_order``: as the net runs; else the largest first.
    """
    columns = [list(group) for _, group in groupby(bars, key=lambda bar: bar["key"])]
    if not in_order:
        columns.sort(key=lambda column: -max(bar["share"] for bar in column))
    return "".join(_chart(columns, words, about, at))


def _chart(
    columns: Sequence[Sequence[Record]], words: Mapping[str, str], about: str, at: str
) -> Iterator[str]:
    up, down = (
        max((bar["share"] for column in columns for bar in column if bar["quantity"] == name),
            default=0)
        for name in ("madds", "params")
    )  # fmt: skip
    step = nice_step((up + down) / _TICKS)
    top, bottom = ceil(up / step) * step, ceil(down / step) * step
    height = (top + bottom) or 1
    yield '<div class="shares"><ul class="key">'
    yield from (f'<li class="{name}">{escape(words[name])}</li>' for name in ("madds", "params"))
    # a group that costs nothing has no column
    marked = " marked" if any(column[0]["key"] == at for column in columns) else ""
    yield f'</ul><div class="plot{marked}" role="img" aria-label="{escape(about)}">'
    for tick in range(-floor(bottom / step + 0.5), floor(top / step + 0.5) + 1):
        level = 100 * (tick * step + bottom) / height
        zero = " zero" if tick == 0 else ""
        yield f'<b class="tick{zero}" style="bottom:{level:.2f}%"><u>{abs(tick) * step:g}%</u></b>'
    for column in columns:
        key = column[0]["key"]
        yield f'<div class="column{" at" if key == at else ""}" data-at="{escape(key)}"'
        yield f' data-tip="{escape(_tip(column, words))}">'
        for bar in column:
            edge, zero_at = ("bottom", bottom) if bar["quantity"] == "madds" else ("top", top)
            start, size = 100 * zero_at / height, 100 * bar["share"] / height
            place = f"{edge}:{start:.2f}%;height:{size:.3f}%"
            yield f'<i class="{bar["quantity"]}" style="{place}"></i>'
        yield "</div>"
    yield "</div>"
    if len(columns) <= _MOST_NAMES:
        yield '<div class="names" aria-hidden="true">'
        yield from (f"<span>{escape(column[0]['key'])}</span>" for column in columns)
        yield "</div>"
    yield "</div>"


def _tip(column: Sequence[Record], words: Mapping[str, str]) -> str:
    figures = (
        f"{words[bar['quantity']]}: {bar['exact']} ({format_percent(bar['share'])})"
        for bar in column
    )
    return "\n".join([column[0]["key"], *figures])


def nice_step(size: float) -> float:
    """Return the least of 1, 2, 5, 10, 20 ..., or their tenths, that is not below ``size``.

    >>> nice_step(7), nice_step(0.3), nice_step(0)
    (10.0, 0.5, 1.0)
    """
    if size <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(size))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= size)
