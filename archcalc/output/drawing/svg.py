"""A layout as SVG: no script, font or external reference; deterministic bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from archcalc.base.units import format_percent
from archcalc.output.drawing.cells import BOLD, LINE, SLAB, SMALL, times_words
from archcalc.output.drawing.columns import MARGIN
from archcalc.output.drawing.diagram import MERGES
from archcalc.output.drawing.layout import TITLE, Layout, PlacedBox, Route
from archcalc.output.palette import FAINT, GREY, INK, NODES, PAPER, SHORTCUT, STROKE, of_stage
from archcalc.output.svg import escaped, opening, px, text_element

_SIGNS = {"add": "+", "multiply": "×"}
_BAR = 4.0
_GAP = 8.0
"""Room that a cut needs between boxes, in pixels."""


def to_svg(layout: Layout, top: float = 0, bottom: float | None = None) -> str:
    """Return the picture as an SVG element: a file, or a part of HTML.

    ``top`` and ``bottom``: the visible part, in pixels; by default all.
    """
    return "".join(f"{line}\n" for line in _elements(layout, top, bottom))


def strips(layout: Layout, number: int) -> tuple[str, ...]:
    """Return the picture cut into SVGs of similar height, to be read one after another.

    Lines continue at the same place. Fewer than ``number`` where there is no place to cut.
    """
    cuts = [0.0, *_cuts(layout, number), layout.height]
    return tuple(to_svg(layout, top, bottom) for top, bottom in pairwise(cuts))


def _cuts(layout: Layout, number: int) -> list[float]:
    """Return where to cut, from top to bottom."""
    rects = [*(box.rect for box in layout.boxes), *(label.rect for label in layout.labels)]
    spans = sorted((rect.top, rect.bottom) for rect in rects)
    free, low = [], spans[0][1] if spans else 0.0
    for top, bottom in spans:
        if top - low > _GAP:
            free.append((top + low) / 2)
        low = max(low, bottom)
    wanted = (layout.height * part / number for part in range(1, number))
    return sorted({min(free, key=lambda y: abs(y - at)) for at in wanted}) if free else []


def _elements(layout: Layout, top: float, bottom: float | None) -> Iterator[str]:
    diagram, seen = layout.diagram, (layout.height if bottom is None else bottom) - top
    yield opening(layout.width, seen, INK, top)
    yield f"<title>{escaped(diagram.title)}</title>"
    yield f"<desc>{escaped(description(layout))}</desc>"
    yield f'<rect width="{px(layout.width)}" height="{px(layout.height)}" rx="6" fill="{PAPER}"/>'
    yield text_element(diagram.title, MARGIN, 28, TITLE, bold=True)
    yield text_element(diagram.about, MARGIN, 44, SMALL, colour=FAINT)
    for frame in layout.frames:
        rect = frame.rect
        yield (
            f'<rect x="{px(rect.left)}" y="{px(rect.top)}" width="{px(rect.right - rect.left)}" '
            f'height="{px(rect.bottom - rect.top)}" rx="8" fill="none" '
            f'stroke="{GREY}" stroke-dasharray="5 4"/>'
        )
    for route in layout.routes:
        yield from _route(route)
    stages = 1 + max((box.stage for box in diagram.boxes), default=0)
    for placed in layout.boxes:
        yield "<g>"
        if placed.box.about:
            yield f"<title>{escaped(placed.box.about)}</title>"
        yield from _box(placed, layout, stages)
        yield "</g>"
    for label in layout.labels:
        size, (left, low) = BOLD if label.bold else SMALL, (label.rect.left, label.rect.bottom)
        yield text_element(label.text, left, low - 3, size, bold=label.bold)
    yield "</svg>"


def description(layout: Layout) -> str:
    """Return the alt text of a picture: its boxes and links in words."""
    diagram = layout.diagram
    kinds = [link.kind for link in diagram.links]
    parts = [f"{len(diagram.boxes)} boxes", f"{len(kinds)} links"]
    if "shortcut" in kinds:
        parts.append(f"{kinds.count('shortcut')} of them shortcuts")
    names = "; ".join(
        f"{box.label}{' ' + times_words(box) if box.times > 1 else ''}"
        for box in diagram.boxes[:60]
    )
    more = "; …" if len(diagram.boxes) > 60 else ""
    return f"{diagram.about}. {', '.join(parts)}: {names}{more}."


def _box(placed: PlacedBox, layout: Layout, stages: int) -> Iterator[str]:
    box, rect, cell, x = placed.box, placed.rect, placed.cell, placed.rect.middle
    fill, line = NODES[box.kind]
    width, height = rect.right - rect.left, rect.bottom - rect.top
    if box.kind in MERGES:
        middle = (rect.top + rect.bottom) / 2
        yield (
            f'<circle cx="{px(x)}" cy="{px(middle)}" r="{px(width / 2)}" fill="{fill}" '
            f'stroke="{line}" stroke-width="1.5"/>'
        )
        yield text_element(_SIGNS[box.kind], x, middle + 6, 17, anchor="middle", bold=True)
        return
    if cell.bottom:
        yield from _funnel(placed)
        height -= SLAB
    else:
        if box.kind == "row":
            fill = of_stage(box.stage, stages)
        radius = height / 2 if box.kind in ("input", "output") else 5
        yield (
            f'<rect x="{px(rect.left)}" y="{px(rect.top)}" width="{px(width)}" '
            f'height="{px(height)}" rx="{px(radius)}" fill="{fill}" stroke="{line}"/>'
        )
    if box.kind == "row":
        yield from _row(placed, layout)
        return
    y = rect.top + (height - LINE * len(cell.lines)) / 2 + 11.5
    for index, (text, bold) in enumerate(cell.lines):
        size = BOLD if bold and box.kind not in ("input", "output") else SMALL
        yield text_element(text, x, y + index * LINE, size, anchor="middle", bold=bold)


def _funnel(placed: PlacedBox) -> Iterator[str]:
    """Draw a layer from the width of its input channels to that of its output channels."""
    rect, cell, x = placed.rect, placed.cell, placed.rect.middle
    fill, line = NODES[placed.box.kind]
    low = rect.bottom - SLAB
    corners = [
        (x - cell.top / 2, rect.top),
        (x + cell.top / 2, rect.top),
        (x + cell.bottom / 2, low),
        (x - cell.bottom / 2, low),
    ]
    points = " ".join(f"{px(a)},{px(b)}" for a, b in corners)
    yield f'<polygon points="{points}" fill="{fill}"/>'
    yield (
        f'<rect x="{px(x - cell.bottom / 2)}" y="{px(low)}" width="{px(cell.bottom)}" '
        f'height="{px(SLAB)}" fill="{line}"/>'
    )


def _row(placed: PlacedBox, layout: Layout) -> Iterator[str]:
    """Write a row's operator, number of runs and id, with its share of the MAdds as a bar."""
    box, rect = placed.box, placed.rect
    (label, _), (name, _) = placed.cell.lines
    yield text_element(label, rect.left + 10, rect.top + 17, BOLD, bold=True)
    if box.times > 1:
        yield text_element(
            times_words(box), rect.right - 9, rect.top + 17, BOLD, anchor="end", bold=True
        )
    yield text_element(name, rect.left + 10, rect.top + 32, SMALL, colour=FAINT)
    most = max((one.share or 0 for one in layout.diagram.boxes), default=0)
    if box.share and most:
        share = format_percent(box.share, 1) if box.share >= 0.05 else "<0.1%"
        yield text_element(share, rect.right - 9, rect.top + 32, SMALL, anchor="end", colour=FAINT)
        length = (rect.right - rect.left - 20) * box.share / most
        yield (
            f'<rect x="{px(rect.left + 10)}" y="{px(rect.bottom - _BAR - 3)}" '
            f'width="{px(max(1.0, length))}" height="{px(_BAR)}" fill="{NODES["row"][1]}"/>'
        )


def _route(route: Route) -> Iterator[str]:
    shortcut = route.link.kind == "shortcut"
    colour = SHORTCUT if shortcut else STROKE
    path = "".join(
        step.letter + " ".join(f"{px(x)},{px(y)}" for x, y in step.points) for step in route.steps
    )
    width = "1.8" if shortcut else "1.3"
    yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    (x, y), (before, _) = route.steps[-1].points[-1], route.steps[-2].points[-1]
    head = [(x, y), (x - 4, y - 8), (x + 4, y - 8)]
    if before > x + 1:  # it comes from the right
        head = [(x, y), (x + 8, y - 4), (x + 8, y + 4)]
    points = " ".join(f"{px(a)},{px(b)}" for a, b in head)
    yield f'<polygon points="{points}" fill="{colour}"/>'
