"""What each stage, or each type of layer, makes of a net's costs in a plane of variants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archcalc import Grid
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_exact, format_percent, percent
from archcalc.cost.scaling.grid import GridPart
from archcalc.cost.scaling.possible import Side
from archcalc.output.charts.picture import KINDS

OTHER = "other"
"""Types of layers that have no colour of their own, together."""

QUANTITIES = ("madds", "params")

Parts = Mapping[str, tuple[Any, Any]]
"""(MAdds, params) by stage or type: arrays of widths × resolutions."""


def parts_of(grid: Grid, by: str) -> Parts:
    """Return what has MAdds or parameters anywhere: stages in order, types the largest first."""
    sums: dict[str, tuple[Any, Any]] = {
        key: (madds[:, :, 0], params[:, :, 0])
        for key, (madds, params) in grid.sums(by).items()
        if madds.any() or params.any()
    }
    if by != "op":
        return sums
    ordered = sorted(sums, key=lambda key: -int(sums[key][0].max()))
    found = {key: sums[key] for key in ordered[:KINDS]}
    rest = [sums[key] for key in ordered[KINDS:]]
    if rest:
        found[OTHER] = (sum(madds for madds, _ in rest), sum(params for _, params in rest))
    return found


def in_shape(part: GridPart) -> list[int]:
    """Return the indices of the resolutions that have the shape of the paper's.

    Along these a height says all: of 224 and 224x160 it would not.
    """
    _, height, width = part.graph.reference
    return [
        index
        for index, (own, side) in enumerate(part.resolutions)
        if side == max(1, round(own * width / height))
    ]


def contributions(grid: Grid, by: str, at: float | Side) -> list[Record]:
    """Return a record for each place of an axis, each part, and each of MAdds and params.

    ``at``: a resolution, for all widths there; or a width, for all resolutions. A record has ``x``
    (a width, or a height in pixels), ``part``, its ``rank`` in order, ``quantity``, the
    ``share`` in percent, and the count in words and in digits. A variant that has none of a
    quantity has no record of it.
    """
    (part,) = grid.parts
    widths, sides = [float(width) for width in part.widths], in_shape(part)
    heights = [part.resolutions[index][0] for index in sides]
    places = widths if isinstance(at, tuple) else heights
    found = parts_of(grid, by)
    records: list[Record] = []
    for index, quantity in enumerate(QUANTITIES):
        lines = {}
        for key, pair in found.items():
            lines[key] = (
                pair[index][:, part.resolutions.index(at)]
                if isinstance(at, tuple)
                else pair[index][widths.index(at), sides]
            )
        totals = sum(lines.values())
        records += [
            {
                "x": place,
                "part": key,
                "rank": rank,
                "quantity": quantity,
                "share": percent(value, total),
                "percent": format_percent(percent(value, total) or 0),
                "count": format_count(value),
                "exact": format_exact(value),
            }
            for rank, (key, line) in enumerate(lines.items())
            for place, value, total in zip(places, line.tolist(), totals.tolist(), strict=True)
            if total
        ]
    return records
