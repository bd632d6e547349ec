"""Ranks of boxes and their order: layered drawing as in Sugiyama et al. (1981).

Shortcuts drawn as arcs are left out: they are routed around the right side.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archcalc.base.errors import ArchcalcError
from archcalc.output.drawing.diagram import Diagram

Slot = str | tuple[int, int]
"""A box by its id, or the point where link i passes rank r: (i, r)."""

MOST_SLOTS = 60_000
_SWEEPS = 8
_STRAIGHT = 1e6
"""Weight of a link that is kept straight."""


@dataclass(frozen=True)
class Ranks:
    """Slots from top to bottom, and in each rank from left to right.

    ``ways``: for each link that is not an arc, the slots it passes, including its ends.
    """

    rows: tuple[tuple[Slot, ...], ...]
    rank: Mapping[Slot, int]
    ways: Mapping[int, tuple[Slot, ...]]
    edges: tuple[tuple[Slot, Slot, float], ...]
    """Between neighbouring ranks, with their weights."""


def ranks_of(diagram: Diagram) -> Ranks:
    """Return the ranks of a diagram; raises ArchcalcError for too many long links."""
    main = _main_ways(diagram)
    box_rank = _box_ranks(diagram, main)
    rank: dict[Slot, int] = dict(box_rank.items())
    ways: dict[int, tuple[Slot, ...]] = {}
    edges: list[tuple[Slot, Slot, float]] = []
    late: set[Slot] = set()
    for index, link in enumerate(diagram.links):
        if link.kind == "shortcut":
            continue
        start, end = box_rank[link.source], box_rank[link.target]
        between: list[Slot] = [(index, at) for at in range(start + 1, end)]
        rank |= {slot: start + 1 + step for step, slot in enumerate(between)}
        way = (link.source, *between, link.target)
        ways[index] = way
        straight = link.kind == "gated" or (link.source, link.target) in main
        weight = _STRAIGHT if straight else 4.0 if between else 1.0
        if link.kind == "gated":
            late |= set(between)
        edges += [(a, b, weight) for a, b in pairwise(way)]
        if len(rank) > MOST_SLOTS:
            raise ArchcalcError("a picture with too many long links: draw single blocks")
    place = {box.id: index for index, box in enumerate(diagram.boxes)}
    for link in diagram.links:
        if (link.source, link.target) in main:
            place[link.target] = place[link.source]  # left of the branches that leave
    rows: list[list[Slot]] = [[] for _ in range(max(rank.values()) + 1)]

    def first(slot: Slot) -> tuple[bool, int]:
        source = slot if isinstance(slot, str) else diagram.links[slot[0]].source
        return slot in late, place[source]

    for slot in sorted(rank, key=first):
        rows[rank[slot]].append(slot)
    ordered = _ordered(rows, edges)
    return Ranks(tuple(map(tuple, ordered)), rank, ways, tuple(edges))


def _box_ranks(diagram: Diagram, main: set[tuple[str, str]]) -> dict[str, int]:
    """Put every box below its inputs; a box without inputs is right above its reader.

    Where side branches leave two boxes of the main path in a row, the second is one rank lower,
    so that the ends of the first branches do not push the next ones away.
    """
    rank = {box.id: 0 for box in diagram.boxes}
    into: dict[str, list[str]] = {box.id: [] for box in diagram.boxes}
    out_of: dict[str, list[str]] = {box.id: [] for box in diagram.boxes}
    for link in diagram.links:
        into[link.target].append(link.source)
        out_of[link.source].append(link.target)
    for box in diagram.boxes:
        forks = len(out_of[box.id]) > 1
        rank[box.id] = max(
            (rank[name] + (2 if forks and (name, box.id) in main else 1) for name in into[box.id]),
            default=0,
        )
    for box in diagram.boxes:
        if not into[box.id] and out_of[box.id]:
            rank[box.id] = min(rank[name] for name in out_of[box.id]) - 1
    return rank


def _main_ways(diagram: Diagram) -> set[tuple[str, str]]:
    """Return the links of the main path where side branches leave, such as a detector's heads.

    Of branches that never join, the longest is the main path; branches that join are equal.
    """
    bit = {box.id: 1 << index for index, box in enumerate(diagram.boxes)}
    out_of: dict[str, list[str]] = {box.id: [] for box in diagram.boxes}
    for link in diagram.links:
        out_of[link.source].append(link.target)
    below, height = dict(bit), dict.fromkeys(bit, 0)
    found = set()
    for box in reversed(diagram.boxes):
        targets = sorted(out_of[box.id], key=lambda name: -height[name])
        for name in targets:
            below[box.id] |= below[name]
        if not targets:
            continue
        first, *others = targets
        height[box.id] = height[first] + 1
        apart = all(height[name] < height[first] for name in others)
        if others and apart and not any(below[first] & below[name] for name in others):
            found.add((box.id, first))
    return found


def _ordered(rows: list[list[Slot]], edges: Sequence[tuple[Slot, Slot, float]]) -> list[list[Slot]]:
    """Order each rank by the mean places of neighbours, down and up; keep the best order."""
    up: dict[Slot, list[Slot]] = {slot: [] for row in rows for slot in row}
    down: dict[Slot, list[Slot]] = {slot: [] for row in rows for slot in row}
    for a, b, _ in edges:
        down[a].append(b)
        up[b].append(a)
    best, fewest = [list(row) for row in rows], _crossings(rows, down)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        order, neighbours = (rows[1:], up) if sweep % 2 == 0 else (rows[-2::-1], down)
        place = {slot: index for row in rows for index, slot in enumerate(row)}
        for row in order:
            means = {
                slot: sum(place[n] for n in neighbours[slot]) / len(neighbours[slot])
                if neighbours[slot]
                else place[slot]
                for slot in row
            }
            row.sort(key=lambda slot: means[slot])
            place |= {slot: index for index, slot in enumerate(row)}
        found = _crossings(rows, down)
        if found < fewest:
            best, fewest = [list(row) for row in rows], found
    return best


def _crossings(rows: Sequence[Sequence[Slot]], down: Mapping[Slot, Sequence[Slot]]) -> int:
    total = 0
    for row, below in pairwise(rows):
        place = {slot: index for index, slot in enumerate(below)}
        seen: list[int] = []
        for slot in row:
            ends = sorted(place[other] for other in down[slot])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
