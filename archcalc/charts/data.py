"""What charts show of grids: costs by width and resolution, and their parts by layer type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archcalc.charts.picture import (
    LABELS,
    RESOLUTION,
    WIDTH,
    Picture,
    amount,
    frame_of,
    unit_of,
)
from archcalc.errors import ArchcalcError, UnknownName
from archcalc.scaling.grid import Grid, Part, resolution_text
from archcalc.tables import Record
from archcalc.units import format_exact, format_percent

KINDS = 7
"""Layer types of a chart that have a colour of their own; the rest are "other"."""


def cost_by_width(grid: Grid, quantity: str = "madds") -> Picture:
    """Return cost against α, one line for each resolution (and net)."""
    records = _unpruned(grid, quantity)
    nets = list(dict.fromkeys(map(_net, records)))
    unit = unit_of(quantity, (record[quantity] for record in records))
    rows = [
        {
            "x": record["width"],
            "y": record[quantity] / unit.size,
            "series": _series(record, nets),
            "net": _net(record),
            "resolution": str(record["resolution"]),
            "exact": format_exact(record[quantity]),
        }
        for record in records
    ]
    frame = frame_of(rows).sort_values(["series", "x"], kind="stable", ignore_index=True)
    order = list(dict.fromkeys(row["series"] for row in _by_size(rows)))
    name = ", ".join(nets)
    widths, sides = _span(row["x"] for row in rows), _sides(records)
    values = [record[quantity] for record in records]
    return Picture(
        "lines",
        frame,
        f"{name}: {LABELS[quantity]} by width and resolution",
        WIDTH,
        unit.label(quantity),
        f"Lines of {LABELS[quantity]} of {name} against width multipliers {widths}, one for each "
        f"of the resolutions {sides}: from {amount(quantity, min(values))} to "
        f"{amount(quantity, max(values))}.",
        "resolution" if len(nets) == 1 else "net and resolution",
        order,
    )


def heat_map(grid: Grid, quantity: str = "madds", part: int = 0) -> Picture:
    """Return the cost of every width × resolution of one net."""
    chosen = product_of(grid, part)
    values = _totals(chosen, quantity)[:, :, 0]
    unit = unit_of(quantity, [int(values.max())])
    rows = [
        {
            "width": f"{float(width):g}",
            "resolution": str(resolution_text(side)),
            "value": int(values[w, r]),
            "scaled": int(values[w, r]) / unit.size,
            "text": amount(quantity, int(values[w, r])),
            "exact": format_exact(int(values[w, r])),
        }
        for w, width in enumerate(chosen.widths)
        for r, side in enumerate(chosen.resolutions)
    ]
    name, label = chosen.spec.name, LABELS[quantity]
    return Picture(
        "heat",
        frame_of(rows),
        f"{name}: {label} of every width and resolution",
        WIDTH,
        RESOLUTION,
        f"Heat map of {label} of {name}: from {amount(quantity, int(values.min()))} at the "
        f"cheapest to {amount(quantity, int(values.max()))} at the dearest of "
        f"{len(chosen.widths)} widths and {len(chosen.resolutions)} resolutions.",
        unit.label(quantity),
    )


def share_by_op(
    grid: Grid, quantity: str = "madds", part: int = 0, resolution: int | None = None
) -> Picture:
    """Return each layer type's share of MAdds or params, in percent, against α.

    ``resolution``: index of one of the grid's (default: the last).
    """
    if quantity not in ("madds", "params"):
        raise UnknownName("quantity", quantity, ("madds", "params"))
    chosen = product_of(grid, part)
    side = len(chosen.resolutions) - 1 if resolution is None else resolution
    layers = grid.layers(part)
    sums: dict[str, Any] = {}
    for node in chosen.graph.nodes:
        values = layers[node.id][quantity == "params"][:, side, 0]
        sums[node.op.label] = sums.get(node.op.label, 0) + values
    ordered = sorted((k for k in sums if sums[k].any()), key=lambda k: -int(sums[k][-1]))
    kinds = {kind: sums[kind] for kind in ordered[:KINDS]}
    if ordered[KINDS:]:
        kinds["other"] = sum(sums[kind] for kind in ordered[KINDS:])
    whole = sum(kinds.values())
    rows = [
        {
            "x": float(width),
            "y": 100 * int(values[w]) / int(whole[w]),
            "series": kind,
            "exact": format_exact(int(values[w])),
        }
        for kind, values in kinds.items()
        for w, width in enumerate(chosen.widths)
    ]
    name, label = chosen.spec.name, LABELS[quantity]
    size = resolution_text(chosen.resolutions[side])
    first = next(iter(kinds))
    return Picture(
        "shares",
        frame_of(rows),
        f"{name}: share of {label} by layer type, resolution {size}",
        WIDTH,
        f"share of {label} (%)",
        f"Stacked areas of the share of {label} by layer type of {name} at resolution {size}: "
        f"{first} has {_share(kinds[first][0], whole[0])} at width {chosen.widths[0]} and "
        f"{_share(kinds[first][-1], whole[-1])} at width {chosen.widths[-1]}.",
        "layer type",
        list(kinds),
    )


def _unpruned(grid: Grid, quantity: str) -> list[Record]:
    """Return the records of the first prune ratio, and refuse an unknown quantity."""
    if quantity not in LABELS:
        raise UnknownName("quantity", quantity, LABELS)
    first = grid.records()[0]["prune"]
    return [record for record in grid.records() if record["prune"] == first]


def product_of(grid: Grid, part: int) -> Part:
    chosen = grid.parts[part]
    if not chosen.is_product:
        raise ArchcalcError("charts: a product of widths and resolutions, not a list of points")
    return chosen


def _totals(part: Part, quantity: str) -> Any:
    if quantity not in LABELS:
        raise UnknownName("quantity", quantity, LABELS)
    return getattr(part.totals, quantity)


def _net(record: Record) -> str:
    """Return the name of a record's net, with its transforms."""
    return f"{record['model']} ({record['set']})" if record.get("set") else str(record["model"])


def _series(record: Record, nets: Sequence[str]) -> str:
    """Return the name of a record's line: its resolution, and its net where there are several."""
    side = str(record["resolution"])
    return side if len(nets) == 1 else f"{_net(record)} {side}"


def _by_size(rows: Sequence[Record]) -> list[Record]:
    """Return rows so that series stand in the order of their largest values."""
    largest: dict[str, float] = {}
    for row in rows:
        largest[row["series"]] = max(largest.get(row["series"], 0.0), row["y"])
    return sorted(rows, key=lambda row: largest[row["series"]])


def _share(part: Any, whole: Any) -> str:
    return format_percent(100 * int(part) / int(whole), 1)


def _span(values: Any) -> str:
    found = sorted(set(values))
    return f"{found[0]:g}" if len(found) == 1 else f"{found[0]:g} to {found[-1]:g}"


def _sides(records: Sequence[Record]) -> str:
    return ", ".join(dict.fromkeys(str(record["resolution"]) for record in records))
