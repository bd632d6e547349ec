"""Published accuracies along width or resolution, with the regression between them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from archcalc.base.names import resolution_name
from archcalc.base.number import SCALE
from archcalc.base.tables import Record
from archcalc.studies.budgets.accuracy import BASES, INTERPOLATED, PUBLISHED, Family

_STEPS = 25
"""Points of a line from its first published figure to its last."""


def accuracy_lines(family: Family, along: str = "width") -> list[Record]:
    """Return the published top-1 figures of a family, and the fitted lines between them.

    ``along``: "width" for a line per published resolution, "resolution" for one per published
    width. A record has ``width``, ``resolution``, ``top1`` in percent, ``basis`` ("published" or
    "interpolated") and ``source`` (None where interpolated). A line ends at the figures published
    at its own resolution or width.
    """
    published = [
        _record(point.width, point.side, point.top1, PUBLISHED, point.source)
        for point in family.points
    ]
    return [*published, *(_between(family, along) if family.fit else ())]


def _between(family: Family, along: str) -> Iterator[Record]:
    which = {"width": 0, "resolution": 1}[along]
    square = [(p.width, p.side[0]) for p in family.points if p.side[0] == p.side[1]]
    for fixed in sorted({point[1 - which] for point in square}):
        own = [point[which] for point in square if point[1 - which] == fixed]
        places = np.unique(np.linspace(min(own), max(own), _STEPS).round().astype(np.int64))
        if len(places) < 2:
            continue
        constant = np.full(len(places), fixed)
        widths, sides = (places, constant) if along == "width" else (constant, places)
        # the fitted curve, at published places too: figures scatter about it
        top1 = family.predict(widths, sides)
        for width, side, value in zip(widths.tolist(), sides.tolist(), top1, strict=True):
            yield _record(width, (side, side), float(value), INTERPOLATED, None)


def _record(
    width: int, side: tuple[int, int], top1: float, basis: int, source: str | None
) -> Record:
    return {
        "width": width / SCALE,
        "resolution": resolution_name(*side),
        "top1": round(top1, 2),
        "basis": BASES[basis],
        "source": source,
    }
