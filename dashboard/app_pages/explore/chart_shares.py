"""Shares of MAdds upwards, of parameters downwards: where a net computes and where it remembers.

HTML, with its figures as attributes: `linked.js` shows them and reports which column was clicked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil, floor, log10

from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_percent
from dashboard.kit.html import filled

_MOST_NAMES = 48
_TICKS = 6
"""About how many lines across the whole chart."""


def shares(
    t: Messages,
    bars: Sequence[Record],
    *,
    words: Mapping[str, str],
    about: str,
    at: str,
    in_order: bool = True,
) -> str:
    """Return the chart of `data_layers.bars`; ``at``: the group to mark, "" for none.

    ``words``: what "madds" and "params" are called; ``about``: the chart in a sentence.
    ``in_order``: as the net runs; else the largest first.
    """
    columns = [list(group) for _, group in groupby(bars, key=lambda bar: bar["key"])]
    if not in_order:
        columns.sort(key=lambda column: -max(bar["share"] for bar in column))
    most = {
        name: max((bar["share"] for bar in bars if bar["quantity"] == name), default=0)
        for name in ("madds", "params")
    }
    step = nice_step(sum(most.values()) / _TICKS)
    top, bottom = (ceil(one / step) * step for one in most.values())
    height = (top + bottom) or 1
    return filled(
        __file__,
        "shares.html",
        t,
        words=words,
        about=about,
        at=at,
        # a group that costs nothing has no column
        marked=any(column[0]["key"] == at for column in columns),
        named=len(columns) <= _MOST_NAMES,
        ticks=[
            {
                "level": 100 * (tick * step + bottom) / height,
                "text": f"{format_decimal(abs(tick) * step)}%",
                "is_zero": tick == 0,
            }
            for tick in range(-floor(bottom / step + 0.5), floor(top / step + 0.5) + 1)
        ],
        columns=[
            {
                "key": column[0]["key"],
                "tip": _tip(column, words),
                "bars": [_bar(bar, top, bottom, height) for bar in column],
            }
            for column in columns
        ],
    )


def _bar(bar: Record, top: float, bottom: float, height: float) -> Record:
    """Return where a bar begins and how high it is, in percent of the plot."""
    edge, zero = ("bottom", bottom) if bar["quantity"] == "madds" else ("top", top)
    return {
        "quantity": bar["quantity"],
        "edge": edge,
        "start": 100 * zero / height,
        "size": 100 * bar["share"] / height,
    }


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
