"""Shortcuts: links routed around the right side of the boxes that they bypass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from archcalc.output.drawing.cells import Cell
from archcalc.output.drawing.diagram import Diagram
from archcalc.output.drawing.places import reach
from archcalc.output.drawing.ranks import Ranks, Slot

_AWAY = 20.0
_TRACK = 12.0


@dataclass(frozen=True)
class Arc:
    """An arc from rank ``first`` to rank ``last``: the x of its vertical line.

    ``aside``: whether it enters its target from the right, where that side is free.
    """

    first: int
    last: int
    x: float
    aside: bool


def arcs_of(
    diagram: Diagram, ranks: Ranks, cells: Mapping[str, Cell], x: Mapping[Slot, float]
) -> dict[int, Arc]:
    """Return the arc of every shortcut by link index, shorter ones inside longer ones."""
    right = [max(x[slot] + reach(slot, cells)[1] for slot in row) for row in ranks.rows]
    taken: list[list[float]] = [[] for _ in ranks.rows]
    spans = {
        index: (ranks.rank[link.source], ranks.rank[link.target])
        for index, link in enumerate(diagram.links)
        if link.kind == "shortcut"
    }
    found = {}
    for index in sorted(spans, key=lambda index: (spans[index][1] - spans[index][0], index)):
        first, last = spans[index]
        target = diagram.links[index].target
        aside = ranks.rows[last][-1] == target
        passed = range(first + 1, last + 1 if aside else last)
        at = float(ceil(max(right[row] for row in passed) + _AWAY))
        while any(abs(at - other) < _TRACK for row in passed for other in taken[row]):
            at += _TRACK / 2
        for row in passed:
            taken[row].append(at)
        found[index] = Arc(first, last, at, aside)
    return found
