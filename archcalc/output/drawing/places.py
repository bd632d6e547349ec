"""Horizontal places of slots: near their neighbours, without overlaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from archcalc.output.drawing.cells import Cell
from archcalc.output.drawing.ranks import Ranks, Slot

GAP = 26.0
"""Between two boxes of one rank."""
_LANE = 7.0
"""What a passing line keeps free on each side."""
_SWEEPS = 16
_STRAIGHTENINGS = 4
_CHAIN = 50.0
"""Weight of links between slots without other neighbours."""

Neighbours = dict[Slot, list[tuple[Slot, float]]]
"""By slot: its neighbours above or below, with their weights."""


def centres(ranks: Ranks, cells: Mapping[str, Cell]) -> dict[Slot, float]:
    """Return the centre line of every slot, in whole pixels from an arbitrary origin.

    Sweeps move each slot to the mean of its neighbours. Then links between slots without other
    neighbours are made straight, and a slot with several inputs is centred below them.
    """
    up: Neighbours = {slot: [] for slot in ranks.rank}
    down: Neighbours = {slot: [] for slot in ranks.rank}
    out, into = Counter(a for a, _, _ in ranks.edges), Counter(b for _, b, _ in ranks.edges)
    for a, b, weight in ranks.edges:
        alone = out[a] == into[b] == 1
        pull = _CHAIN if alone else weight / (out[a] * into[b])
        down[a].append((b, pull))
        up[b].append((a, pull))
    x: dict[Slot, float] = dict.fromkeys(ranks.rank, 0.0)
    for sweep in range(_SWEEPS):
        for row in ranks.rows if sweep % 2 == 0 else ranks.rows[::-1]:
            _place(row, [_mean([*up[slot], *down[slot]], x[slot], x) for slot in row], cells, x)
    for rows, towards in [(ranks.rows, up), (ranks.rows[::-1], down)] * _STRAIGHTENINGS:
        for row in rows:
            wanted = [_mean(_followed(towards[slot]), x[slot], x) for slot in row]
            _place(row, wanted, cells, x)
    for row in ranks.rows:
        _place(row, [_mean(_between(up[slot]), x[slot], x) for slot in row], cells, x)
    return {slot: float(round(at)) for slot, at in x.items()}


def _followed(neighbours: Sequence[tuple[Slot, float]]) -> Sequence[tuple[Slot, float]]:
    """Return the neighbour to align a slot with, if there is just one."""
    return [one for one in neighbours if one[1] >= _CHAIN]


def _between(neighbours: Sequence[tuple[Slot, float]]) -> Sequence[tuple[Slot, float]]:
    """Return the neighbours that a slot is centred below."""
    straight = _followed(neighbours)
    if straight or len(neighbours) == 1:
        return straight
    return [(other, 1.0) for other, _ in neighbours]


def reach(slot: Slot, cells: Mapping[str, Cell]) -> tuple[float, float]:
    """Return the extent of a slot from its centre line to the left and to the right."""
    if isinstance(slot, tuple):
        return _LANE, _LANE
    return cells[slot].left, cells[slot].right


def _mean(
    neighbours: Sequence[tuple[Slot, float]], alone: float, x: Mapping[Slot, float]
) -> tuple[float, float]:
    """Return the place of a slot if it were alone, and its weight."""
    weight = sum(pull for _, pull in neighbours)
    if not weight:
        return alone, 1.0
    mean = sum(x[other] * pull for other, pull in neighbours) / weight
    return mean, max(pull for _, pull in neighbours)


def _place(
    row: Sequence[Slot],
    wanted: Sequence[tuple[float, float]],
    cells: Mapping[str, Cell],
    x: dict[Slot, float],
) -> None:
    x.update(zip(row, _apart(row, wanted, cells), strict=True))


def _apart(
    row: Sequence[Slot], wanted: Sequence[tuple[float, float]], cells: Mapping[str, Cell]
) -> list[float]:
    """Return the places without overlaps nearest to the wanted ones, in least squares.

    After subtracting each slot's least distance from the first this is isotonic regression, by
    pool-adjacent-violators.
    """
    offsets = [0.0]
    for left, right in pairwise(row):
        gap = GAP if isinstance(left, str) or isinstance(right, str) else 2.0
        offsets.append(offsets[-1] + reach(left, cells)[1] + reach(right, cells)[0] + gap)
    pools: list[tuple[float, float, int]] = []
    for (at, weight), offset in zip(wanted, offsets, strict=True):
        mean, total, size = at - offset, weight, 1
        while pools and pools[-1][0] >= mean:
            other, more, count = pools.pop()
            mean = (mean * total + other * more) / (total + more)
            total, size = total + more, size + count
        pools.append((mean, total, size))
    means = [mean for mean, _, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
