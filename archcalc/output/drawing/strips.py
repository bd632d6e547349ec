"""A tall picture in pieces that a page holds, cut where no box and no label stands."""

from __future__ import annotations

from itertools import pairwise

from archcalc.output.drawing.layout import Layout
from archcalc.output.drawing.svg import to_svg

_GAP = 8.0
"""Room that a cut needs, in pixels."""


def strips(layout: Layout, number: int) -> tuple[str, ...]:
    """Return the picture as SVGs of about one height that continue one another downwards.

    Lines lead from one to the next at the same place. There are fewer than ``number`` where
    nothing can be cut in between.
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
