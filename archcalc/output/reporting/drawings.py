"""Drawings of nets and blocks as figures of a report, in sizes that can be read on paper."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import FigureBlock, FigureRow
from archcalc.output.drawing import Drawing
from archcalc.output.drawing.cells import SMALL
from archcalc.output.drawing.svg import description, strips

PAGE_WIDTH, PAGE_HEIGHT = 673.0, 800.0
"""Text area of A4 without a caption, in pixels of 1/96 inch."""
_LEAST = 4.4 / SMALL
"""Scale below which the small text of a drawing is unreadable."""
_SMALL = 6.6 / SMALL
"""Scale below which it is hard to read, so that a tall drawing is cut in two."""


def scale_of(width: float, height: float) -> float:
    """Return the scale of a drawing on a printed page, at most 1; sizes in pixels."""
    return min(1.0, PAGE_WIDTH / width, PAGE_HEIGHT / height)


def is_small(drawing: Drawing) -> bool:
    """Return whether a drawing is hard to read on one page, so that the text offers a file."""
    return scale_of(drawing.layout.width, drawing.layout.height) < _SMALL


def drawn(
    drawing: Drawing, captions: tuple[str, str], share: float = 1.0
) -> FigureBlock | FigureRow | None:
    """Return a drawing on up to ``share`` of the page's width; None where it is unreadable.

    A tall and narrow one is set in two pieces side by side, each with a caption; otherwise the
    first is that of all. Raises ArchcalcError for one that has too many boxes to be laid out.
    """
    layout = drawing.layout
    alt = f"{drawing.diagram.title}: {description(layout)}"
    width = min(share, layout.width / PAGE_WIDTH)
    pieces, scale = 1, scale_of(layout.width / share, layout.height)
    if scale < _SMALL and scale_of(2 * layout.width, layout.height / 2) > scale:
        pieces, scale = 2, scale_of(2 * layout.width, layout.height / 2)
    if scale < _LEAST:
        return None
    if pieces == 1:
        return FigureBlock(drawing.svg, captions[0], alt, width)
    svgs = strips(layout, pieces)
    return FigureRow(
        [FigureBlock(*one, alt, min(0.5, width)) for one in zip(svgs, captions, strict=False)]
    )


def side_by_side(
    figures: Sequence[FigureBlock | FigureRow],
) -> list[FigureBlock | FigureRow]:
    """Return figures in rows: those that take up to half the page come first, in pairs."""
    halves = [one for one in figures if isinstance(one, FigureBlock) and one.width <= 0.5]
    rows: list[FigureBlock | FigureRow] = []
    for first in range(0, len(halves), 2):
        pair = halves[first : first + 2]
        rows.append(FigureRow(pair) if len(pair) == 2 else pair[0])
    return [*rows, *(one for one in figures if one not in halves)]
