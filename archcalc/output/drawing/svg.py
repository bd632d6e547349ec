"""A layout as SVG: no script, no font, nothing from elsewhere, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from unicodedata import category

from archcalc.output import palette
from archcalc.output.drawing.cells import BOLD, LINE, SLAB, SMALL, times_words
from archcalc.output.drawing.columns import MARGIN
from archcalc.output.drawing.diagram import MERGES
from archcalc.output.drawing.layout import TITLE, Layout, PlacedBox, Route

_FONT = "font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\""
_SIGNS = {"add": "+", "multiply": "×"}
_BAR = 4.0


def to_svg(layout: Layout, top: float = 0, bottom: float | None = None) -> str:
    """Return the picture as an SVG element that may stand alone or within HTML.

    ``top`` and ``bottom``: what is to be seen of it, from and to in pixels; by default all.
    """
    return "".join(f"{line}\n" for line in _elements(layout, top, bottom))


def _elements(layout: Layout, top: float, bottom: float | None) -> Iterator[str]:
    diagram, (width, whole) = layout.diagram, (_n(layout.width), _n(layout.height))
    height = _n((layout.height if bottom is None else bottom) - top)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 {_n(top)} {width} {height}" '
        f'width="{width}" height="{height}" {_FONT} fill="{palette.INK}">'
    )
    yield f"<title>{_text(diagram.title)}</title>"
    yield f"<desc>{_text(description(layout))}</desc>"
    yield f'<rect width="{width}" height="{whole}" rx="6" fill="{palette.PAPER}"/>'
    yield _words(diagram.title, MARGIN, 28, TITLE, bold=True)
    yield _words(diagram.about, MARGIN, 44, SMALL, colour=palette.FAINT)
    for frame in layout.frames:
        rect = frame.rect
        yield (
            f'<rect x="{_n(rect.left)}" y="{_n(rect.top)}" width="{_n(rect.right - rect.left)}" '
            f'height="{_n(rect.bottom - rect.top)}" rx="8" fill="none" '
            f'stroke="{palette.GREY}" stroke-dasharray="5 4"/>'
        )
    for route in layout.routes:
        yield from _route(route)
    stages = 1 + max((box.stage for box in diagram.boxes), default=0)
    for placed in layout.boxes:
        yield "<g>"
        if placed.box.about:
            yield f"<title>{_text(placed.box.about)}</title>"
        yield from _box(placed, layout, stages)
        yield "</g>"
    for label in layout.labels:
        size, (left, low) = BOLD if label.bold else SMALL, (label.rect.left, label.rect.bottom)
        yield _words(label.text, left, low - 3, size, bold=label.bold)
    yield "</svg>"


def description(layout: Layout) -> str:
    """Say in words what is to be seen, for who cannot see it."""
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
    fill, line = palette.NODES[box.kind]
    width, height = rect.right - rect.left, rect.bottom - rect.top
    if box.kind in MERGES:
        middle = (rect.top + rect.bottom) / 2
        yield (
            f'<circle cx="{_n(x)}" cy="{_n(middle)}" r="{_n(width / 2)}" fill="{fill}" '
            f'stroke="{line}" stroke-width="1.5"/>'
        )
        yield _words(_SIGNS[box.kind], x, middle + 6, 17, anchor="middle", bold=True)
        return
    if cell.bottom:
        yield from _funnel(placed)
        height -= SLAB
    else:
        if box.kind == "row":
            fill = palette.of_stage(box.stage, stages)
        radius = height / 2 if box.kind in ("input", "output") else 5
        yield (
            f'<rect x="{_n(rect.left)}" y="{_n(rect.top)}" width="{_n(width)}" '
            f'height="{_n(height)}" rx="{_n(radius)}" fill="{fill}" stroke="{line}"/>'
        )
    if box.kind == "row":
        yield from _row(placed, layout)
        return
    y = rect.top + (height - LINE * len(cell.lines)) / 2 + 11.5
    for index, (text, bold) in enumerate(cell.lines):
        size = BOLD if bold and box.kind not in ("input", "output") else SMALL
        yield _words(text, x, y + index * LINE, size, anchor="middle", bold=bold)


def _funnel(placed: PlacedBox) -> Iterator[str]:
    """Draw a layer from as wide as its input has channels to as wide as its output has."""
    rect, cell, x = placed.rect, placed.cell, placed.rect.middle
    fill, line = palette.NODES[placed.box.kind]
    low = rect.bottom - SLAB
    corners = [
        (x - cell.top / 2, rect.top),
        (x + cell.top / 2, rect.top),
        (x + cell.bottom / 2, low),
        (x - cell.bottom / 2, low),
    ]
    points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
    yield f'<polygon points="{points}" fill="{fill}"/>'
    yield (
        f'<rect x="{_n(x - cell.bottom / 2)}" y="{_n(low)}" width="{_n(cell.bottom)}" '
        f'height="{_n(SLAB)}" fill="{line}"/>'
    )


def _row(placed: PlacedBox, layout: Layout) -> Iterator[str]:
    """Write a row's operator, how often it runs, its id, and its share of the MAdds as a bar."""
    box, rect = placed.box, placed.rect
    (label, _), (name, _) = placed.cell.lines
    yield _words(label, rect.left + 10, rect.top + 17, BOLD, bold=True)
    if box.times > 1:
        yield _words(times_words(box), rect.right - 9, rect.top + 17, BOLD, anchor="end", bold=True)
    yield _words(name, rect.left + 10, rect.top + 32, SMALL, colour=palette.FAINT)
    most = max((one.share or 0 for one in layout.diagram.boxes), default=0)
    if box.share and most:
        share = f"{box.share:.1f}%" if box.share >= 0.05 else "<0.1%"
        yield _words(
            share, rect.right - 9, rect.top + 32, SMALL, anchor="end", colour=palette.FAINT
        )
        length = (rect.right - rect.left - 20) * box.share / most
        yield (
            f'<rect x="{_n(rect.left + 10)}" y="{_n(rect.bottom - _BAR - 3)}" '
            f'width="{_n(max(1.0, length))}" height="{_n(_BAR)}" fill="{palette.NODES["row"][1]}"/>'
        )


def _route(route: Route) -> Iterator[str]:
    shortcut = route.link.kind == "shortcut"
    colour = palette.SHORTCUT if shortcut else palette.LINE
    path = "".join(
        step.letter + " ".join(f"{_n(x)},{_n(y)}" for x, y in step.points) for step in route.steps
    )
    width = "1.8" if shortcut else "1.3"
    yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    (x, y), (before, _) = route.steps[-1].points[-1], route.steps[-2].points[-1]
    head = [(x, y), (x - 4, y - 8), (x + 4, y - 8)]
    if before > x + 1:  # it comes from the right
        head = [(x, y), (x + 8, y - 4), (x + 8, y + 4)]
    points = " ".join(f"{_n(a)},{_n(b)}" for a, b in head)
    yield f'<polygon points="{points}" fill="{colour}"/>'


def _words(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    colour: str | None = None,
) -> str:
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += ' font-weight="bold"' if bold else ""
    more += f' fill="{colour}"' if colour else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{more}>{_text(text)}</text>'


def _text(text: str) -> str:
    """Escape a text, and leave out what XML cannot hold."""
    return escape("".join(c for c in text if category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co")))


def _n(number: float) -> str:
    """Write a coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
