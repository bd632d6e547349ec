"""Charts of grids: costs by width and resolution, shares by layer type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import resolution_name
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_decimal,
    format_exact,
    format_percent,
    format_quantity,
    percent,
    unit_of,
)
from archcalc.cost.scaling.grid import Grid
from archcalc.language.graph.build import Prune
from archcalc.output.charts.choice import (
    check_quantity,
    counted,
    listed,
    nets_of,
    one_of,
    product_of,
    resolutions_text,
    shown,
)
from archcalc.output.charts.picture import KINDS, LABELS, RESOLUTION, WIDTH, Picture, frame_of


def cost_by_width(grid: Grid, quantity: str = "madds", prune: Prune = None) -> Picture:
    """Return cost against α, one line for each resolution (and net).

    ``prune``: one of the grid's ratios. Default: none, where a product has that, or else its
    first; all the points of a list, each ratio with lines of its own.
    """
    check_quantity(quantity)
    rows: list[Record] = []
    sides: list[tuple[int, int]] = []
    for whole in grid.parts:
        part = shown(whole, prune)
        nets = nets_of(part, whole)
        values = getattr(part.totals, quantity).ravel().tolist()
        for index, value in enumerate(values):
            width, side, _ = part.choice(index)
            sides.append(side)
            rows.append(
                {
                    "x": float(width),
                    "net": nets[0 if part.is_product else index],
                    "resolution": str(resolution_name(*side)),
                    "value": value,
                    "exact": format_exact(value),
                }
            )
    values = [row.pop("value") for row in rows]
    names = list(dict.fromkeys(row["net"] for row in rows))
    unit = unit_of(quantity, values)
    for row, value in zip(rows, values, strict=True):
        row["y"] = value / unit.size
        row["series"] = (
            row["resolution"] if len(names) == 1 else f"{row['net']} {row['resolution']}"
        )
    frame = frame_of(rows).sort_values(["series", "x"], kind="stable", ignore_index=True)
    order = list(dict.fromkeys(row["series"] for row in _by_size(rows)))
    name, widths = listed(names), sorted({row["x"] for row in rows})
    if len(widths) == 1:
        drawn, against = "Points", f"at width multiplier {format_decimal(widths[0])}"
    else:
        drawn = "Lines" if len(order) > 1 else "Line"
        against = (
            f"against width multipliers {format_decimal(widths[0])} to {format_decimal(widths[-1])}"
        )
    if len(set(sides)) > 1:
        each = f", one for each of {resolutions_text(sides)}"
    else:
        each = f" {'and' if len(widths) == 1 else 'at'} resolution {rows[0]['resolution']}"
    return Picture(
        "lines",
        frame,
        f"{name}: {LABELS[quantity]} by width and resolution",
        WIDTH,
        unit.head(LABELS[quantity]),
        f"{drawn} of {LABELS[quantity]} of {name} {against}{each}: {_range(quantity, values)}.",
        "resolution" if len(names) == 1 else "net and resolution",
        order,
    )


def heat_map(grid: Grid, quantity: str = "madds", part: int = 0, prune: Prune = None) -> Picture:
    """Return the cost of every width × resolution of one net.

    ``prune``: one of the grid's ratios (default: none, where the grid has that, or its first).
    """
    check_quantity(quantity)
    whole = product_of(grid, part)
    chosen = shown(whole, prune)
    values = getattr(chosen.totals, quantity)[:, :, 0]
    unit = unit_of(quantity, [int(values.max())])
    rows = [
        {
            "width": format_decimal(float(width)),
            "resolution": str(resolution_name(*side)),
            "value": int(values[w, r]),
            "scaled": int(values[w, r]) / unit.size,
            "text": format_quantity(quantity, int(values[w, r])),
            "exact": format_exact(int(values[w, r])),
        }
        for w, width in enumerate(chosen.widths)
        for r, side in enumerate(chosen.resolutions)
    ]
    name, label = listed(nets_of(chosen, whole)), LABELS[quantity]
    return Picture(
        "heat",
        frame_of(rows),
        f"{name}: {label} of every width and resolution",
        WIDTH,
        RESOLUTION,
        f"Heat map of {label} of {name}: {_range(quantity, values.ravel().tolist())} over "
        f"{counted(len(chosen.widths), 'width')} and "
        f"{counted(len(chosen.resolutions), 'resolution')}.",
        unit.head(LABELS[quantity]),
    )


def share_by_op(
    grid: Grid,
    quantity: str = "madds",
    part: int = 0,
    resolution: int | None = None,
    prune: Prune = None,
) -> Picture:
    """Return each layer type's share of MAdds or params, in percent, against α.

    ``resolution``: index of one of the grid's (default: the last). ``prune``: one of the grid's
    ratios (default: none, where the grid has that, or its first). Raises ArchcalcError for a net
    that has none of the quantity.
    """
    check_quantity(quantity, ("madds", "params"))
    whole = product_of(grid, part)
    chosen = shown(whole, prune)
    side = one_of(whole.resolutions, -1 if resolution is None else resolution, "resolution")
    at = chosen.resolutions.index(side)
    counted_by = Grid((chosen,), grid.convention, grid.batch, grid.dtype).sums("op")
    sums: dict[str, Any] = {
        kind: both[quantity == "params"][:, at, 0] for kind, both in counted_by.items()
    }
    name, label = listed(nets_of(chosen, whole)), LABELS[quantity]
    total = sum(sums.values())
    if not all(total):
        raise ArchcalcError(f"{name}: no {label}, and so no shares of them")
    ordered = sorted((k for k in sums if sums[k].any()), key=lambda k: -int(sums[k][-1]))
    kinds = {kind: sums[kind] for kind in ordered[:KINDS]}
    if ordered[KINDS:]:
        kinds["other"] = sum(sums[kind] for kind in ordered[KINDS:])
    rows = [
        {
            "x": float(width),
            "y": percent(int(values[w]), int(total[w])),
            "series": kind,
            "exact": format_exact(int(values[w])),
        }
        for kind, values in kinds.items()
        for w, width in enumerate(chosen.widths)
    ]
    size = resolution_name(*side)
    first = next(iter(kinds))
    shares = [
        f"{format_percent(percent(int(kinds[first][w]), int(total[w])), 1)} at width "
        f"{format_decimal(float(chosen.widths[w]))}"
        for w in ((0, -1) if len(chosen.widths) > 1 else (0,))
    ]
    drawn = "Stacked areas" if len(chosen.widths) > 1 else "Stacked bar"
    return Picture(
        "shares",
        frame_of(rows),
        f"{name}: share of {label} by layer type, resolution {size}",
        WIDTH,
        f"share of {label} (%)",
        f"{drawn} of the share of {label} by layer type of {name} at resolution {size}: "
        f"{first} has {' and '.join(shares)}.",
        "layer type",
        list(kinds),
    )


def _by_size(rows: Sequence[Record]) -> list[Record]:
    """Return rows with series in the order of their largest values."""
    largest: dict[str, float] = {}
    for row in rows:
        largest[row["series"]] = max(largest.get(row["series"], 0.0), row["y"])
    return sorted(rows, key=lambda row: largest[row["series"]])


def _range(quantity: str, values: Sequence[int]) -> str:
    """Write the range of values."""
    least, most = (format_quantity(quantity, value) for value in (min(values), max(values)))
    return most if least == most else f"from {least} to {most}"
