"""The paths of links: straight through ranks, with bends only between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archcalc.output.drawing.columns import BETWEEN, Shift
from archcalc.output.drawing.geometry import Rect
from archcalc.output.drawing.plan import Plan

Point = tuple[float, float]
_CORNER = 18.0
_INSET = 12.0


@dataclass(frozen=True)
class Step:
    """A move ("M"), a line ("L") or a cubic Bézier curve ("C") to the last of its points."""

    letter: str
    points: tuple[Point, ...]


def route(
    plan: Plan, shifts: Sequence[Shift], index: int, source: Rect, target: Rect
) -> tuple[Step, ...]:
    """Return the path of the link ``index`` between two boxes."""
    if index in plan.arcs:
        return _arc(plan, shifts, index, source, target)
    first = plan.ranks.rank[plan.ranks.ways[index][0]]
    if shifts[first] != shifts[first + 1]:
        below = plan.lines.bent[first][0] + shifts[first].y
        gutter = shifts[first + 1].left - BETWEEN / 2
        return _to_next_column(source, target, below, gutter)
    return _way(plan, shifts[first], index, source, target)


def _way(plan: Plan, shift: Shift, index: int, source: Rect, target: Rect) -> tuple[Step, ...]:
    """Return the path down through the slots reserved for the link."""
    way = plan.ranks.ways[index]
    places = [plan.x[slot] + shift.x for slot in way]
    if plan.diagram.by_id[plan.diagram.links[index].target].kind == "concat":
        places[-1] = _entry(plan, index, target)
    steps = [Step("M", ((places[0], source.bottom),))]
    for row, (here, there) in enumerate(pairwise(places), plan.ranks.rank[way[0]]):
        upper, lower = (line + shift.y for line in plan.lines.bent[row])
        steps += _bend((here, upper), (there, lower))
    return (*steps, Step("L", ((places[-1], target.top),)))


def _entry(plan: Plan, index: int, target: Rect) -> float:
    """Return where a link enters a concatenation, whose inputs are drawn apart.

    Right below its source, or else all links in even steps.
    """
    name = plan.diagram.links[index].target
    middle = plan.x[name]
    came = {
        other: plan.x[way[-2]] - middle for other, way in plan.ranks.ways.items() if way[-1] == name
    }
    half = (target.right - target.left) / 2 - _INSET
    if all(abs(at) <= half for at in came.values()):
        return target.middle + came[index]
    order = sorted(came, key=lambda other: (came[other], other))
    return target.middle - half + 2 * half * order.index(index) / max(1, len(order) - 1)


def _arc(
    plan: Plan, shifts: Sequence[Shift], index: int, source: Rect, target: Rect
) -> tuple[Step, ...]:
    """Return the path around the right side of the bypassed boxes."""
    arc = plan.arcs[index]
    shift = shifts[arc.first]
    x = arc.x + shift.x
    upper, lower = (line + shift.y for line in plan.lines.bent[arc.first])
    steps = [Step("M", ((source.middle, source.bottom),))]
    steps += _bend((source.middle, upper), (x, lower))
    if arc.aside:
        level = (target.top + target.bottom) / 2
        turn = min(_CORNER, x - target.right)
        steps += [
            Step("L", ((x, level - turn),)),
            Step("C", ((x, level), (x, level), (x - turn, level))),
            Step("L", ((target.right, level),)),
        ]
        return tuple(steps)
    upper, lower = (line + shift.y for line in plan.lines.bent[arc.last - 1])
    steps += _bend((x, upper), (target.middle, lower))
    return (*steps, Step("L", ((target.middle, target.top),)))


def _bend(start: Point, end: Point) -> list[Step]:
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        return [Step("L", (end,))]
    middle = (y1 + y2) / 2
    return [Step("L", (start,)), Step("C", ((x1, middle), (x2, middle), end))]


def _to_next_column(source: Rect, target: Rect, below: float, gutter: float) -> tuple[Step, ...]:
    """Return the path below the last box of a column, up between the two, to the next's first."""
    above = target.top - 18
    start, end = (source.middle, source.bottom), (target.middle, target.top)
    corners = [(source.middle, below), (gutter, below), (gutter, above), (target.middle, above)]
    steps = [Step("M", (start,))]
    points = [start, *corners, end]
    for before, corner, after in zip(points[:-2], corners, points[2:], strict=True):
        near, far = _towards(corner, before), _towards(corner, after)
        steps += [Step("L", (near,)), Step("C", (corner, corner, far))]
    return (*steps, Step("L", (end,)))


def _towards(corner: Point, other: Point) -> Point:
    """Return a point near a corner, at most half the way to the other point."""
    (x, y), (x2, y2) = corner, other
    length = abs(x2 - x) + abs(y2 - y)
    part = min(10.0, length / 2) / length if length else 0.0
    return x + (x2 - x) * part, y + (y2 - y) * part
