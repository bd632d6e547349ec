"""Splits a tall picture into columns, where a single line continues."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from archcalc.output.drawing.places import reach
from archcalc.output.drawing.plan import Plan

MARGIN = 20.0
_TALLEST = 1000.0
BETWEEN = 60.0
"""Two columns."""
_WORTH = 0.75
"""Columns are made where the tallest is at most this share of a single one."""
_ABOVE = 22.0
"""Above columns, for the line that leads to the next."""
_FRAME = 10.0
"""What a frame takes on both sides of its boxes."""


@dataclass(frozen=True)
class Shift:
    """The offset of a rank from its place in a single column; ``left``: its column's left edge."""

    x: float
    y: float
    left: float


def shifts_of(plan: Plan, least: float) -> list[Shift]:
    """Return the shift of every rank: the same within a column.

    ``least``: width of the title, below which a narrower picture is centred.
    """
    top = plan.lines.top
    starts = [0, *_cuts(plan)]
    shifts: list[Shift] = []
    at = MARGIN
    for start, end in zip(starts, [*starts[1:], len(top)], strict=True):
        left, right = _edges(plan, start, end)
        down = top[0] - top[start] + (_ABOVE if len(starts) > 1 else 0)
        shifts += [Shift(round(at - left), down, at)] * (end - start)
        at += right - left + BETWEEN
    spare = max(0, round(least - (at - BETWEEN - MARGIN)) // 2)
    return [Shift(shift.x + spare, shift.y, shift.left + spare) for shift in shifts]


def _edges(plan: Plan, start: int, end: int) -> tuple[float, float]:
    """Return the extent to both sides of the ranks from ``start`` to before ``end``."""
    slots = [slot for row in plan.ranks.rows[start:end] for slot in row]
    left = min(plan.x[slot] - reach(slot, plan.cells)[0] for slot in slots)
    right = max(plan.x[slot] + reach(slot, plan.cells)[1] for slot in slots)
    right = max([right, *(arc.x for arc in plan.arcs.values() if start <= arc.first < end)])
    framed = any(start <= first < end for first, _ in plan.spans)
    return (left - _FRAME, right + _FRAME) if framed else (left, right)


def _cuts(plan: Plan) -> list[int]:
    """Return the ranks that begin a column, without the first."""
    ranks, lines = plan.ranks, plan.lines
    total = lines.bottom[-1] - lines.top[0]
    columns = ceil(total / _TALLEST)
    if columns == 1:
        return []
    passing = [0] * len(ranks.rows)
    for a, b, _ in ranks.edges:
        passing[ranks.rank[a]] += 1 if isinstance(a, str) and isinstance(b, str) else 2
    for first, last in [*((arc.first, arc.last) for arc in plan.arcs.values()), *plan.spans]:
        for row in range(first, last):
            passing[row] = 2
    cuts: list[int] = []
    begin, share = lines.top[0], total / columns
    for row, count in enumerate(passing[:-1]):
        tall, follows = lines.bottom[row] - begin, lines.bottom[row + 1] - begin
        if count == 1 and (tall >= share or follows > share * 1.08):
            cuts.append(row + 1)
            begin = lines.top[row + 1]
    ends = [lines.top[0], *(lines.top[row] for row in cuts), lines.bottom[-1]]
    tallest = max(after - before for before, after in pairwise(ends))
    # a short column beside a tall one is worse than one column
    return cuts if tallest < _WORTH * total else []
