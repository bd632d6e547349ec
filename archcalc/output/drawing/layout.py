"""A diagram with every box, line and text in its place, in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from archcalc.output.drawing.cells import ASIDE, BOLD, SMALL, Cell
from archcalc.output.drawing.columns import MARGIN, Shift, shifts_of
from archcalc.output.drawing.diagram import Box, Diagram, Frame, Link
from archcalc.output.drawing.geometry import Rect, text_width
from archcalc.output.drawing.plan import LABEL, Plan, plan
from archcalc.output.drawing.routes import Step, route

TITLE = 15.0
"""Size of the title's text."""
_FRAME = 10.0
"""Of a frame from what it is around."""


@dataclass(frozen=True)
class PlacedBox:
    """A box with its space."""

    box: Box
    cell: Cell
    rect: Rect


@dataclass(frozen=True)
class Text:
    """A label of a line or a frame: its space and its text."""

    text: str
    rect: Rect
    bold: bool = False


@dataclass(frozen=True)
class Route:
    """A link as a path."""

    link: Link
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PlacedFrame:
    """The frame around a repeated group."""

    frame: Frame
    rect: Rect


@dataclass(frozen=True)
class Layout:
    """All elements of a picture with their places."""

    diagram: Diagram
    boxes: tuple[PlacedBox, ...]
    labels: tuple[Text, ...]
    routes: tuple[Route, ...]
    frames: tuple[PlacedFrame, ...]
    width: float
    height: float


def lay_out(diagram: Diagram) -> Layout:
    """Return the layout of a diagram; raises ArchcalcError if it is too large."""
    planned = plan(diagram)
    title = max(text_width(diagram.title, TITLE, bold=True), text_width(diagram.about, SMALL))
    shifts = shifts_of(planned, title)
    boxes = [_placed(planned, shifts, box) for box in diagram.boxes]
    rects = {one.box.id: one.rect for one in boxes}
    routes = [
        Route(link, route(planned, shifts, index, rects[link.source], rects[link.target]))
        for index, link in enumerate(diagram.links)
    ]
    frames = [_framed(planned, shifts, index, rects) for index in range(len(diagram.frames))]
    labels = [
        *(_label(one) for one in boxes if one.cell.label),
        *(_times(one, rects) for one in frames),
    ]
    right, bottom = _extent([*boxes, *labels, *frames], routes)
    return Layout(
        diagram,
        tuple(boxes),
        tuple(labels),
        tuple(routes),
        tuple(frames),
        float(ceil(max(right, MARGIN + title) + MARGIN)),
        float(ceil(bottom + MARGIN)),
    )


def _placed(planned: Plan, shifts: Sequence[Shift], box: Box) -> PlacedBox:
    cell, row, lines = planned.cells[box.id], planned.ranks.rank[box.id], planned.lines
    middle = (lines.top[row] + lines.bottom[row]) / 2 + shifts[row].y
    left, top = planned.x[box.id] + shifts[row].x - cell.width / 2, middle - cell.height / 2
    return PlacedBox(box, cell, Rect(left, top, left + cell.width, top + cell.height))


def _label(placed: PlacedBox) -> Text:
    left, top = placed.rect.middle + ASIDE, placed.rect.bottom + 3
    right = left + placed.cell.label_width
    return Text(placed.cell.label, Rect(left, top, right, top + SMALL + 3))


def _framed(
    planned: Plan, shifts: Sequence[Shift], index: int, rects: Mapping[str, Rect]
) -> PlacedFrame:
    frame, (first, last) = planned.diagram.frames[index], planned.spans[index]
    shift, lines = shifts[first], planned.lines
    inside = [rects[name] for name in frame.boxes]
    right = [rects[name].middle + planned.cells[name].right for name in frame.boxes]
    right += [
        arc.x + shift.x for arc in planned.arcs.values() if first <= arc.first < arc.last <= last
    ]
    return PlacedFrame(
        frame,
        Rect(
            min(rect.left for rect in inside) - _FRAME,
            lines.top[first] + shift.y - _FRAME + 1,
            max(right) + _FRAME,
            lines.bottom[last] + shift.y + LABEL,
        ),
    )


def _times(placed: PlacedFrame, rects: Mapping[str, Rect]) -> Text:
    """Write the runs of a frame below its last box, left of the outgoing line."""
    text, last = f"×{placed.frame.times}", rects[placed.frame.boxes[-1]]
    width = text_width(text, BOLD, bold=True)
    left = min(last.left, last.middle - ASIDE - width)
    return Text(text, Rect(left, last.bottom + 2, left + width, last.bottom + 17), bold=True)


def _extent(
    placed: Sequence[PlacedBox | Text | PlacedFrame], routes: Sequence[Route]
) -> tuple[float, float]:
    """Return the extent of all elements to the right and down."""
    points = [point for one in routes for step in one.steps for point in step.points]
    return (
        max([*(one.rect.right for one in placed), *(x for x, _ in points)]),
        max([*(one.rect.bottom for one in placed), *(y for _, y in points)]),
    )
