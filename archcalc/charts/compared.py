"""What charts show beside one another: accuracy and cost, MAdds and params, exact and α²ρ²."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archcalc.charts.data import product_of
from archcalc.charts.picture import (
    LABELS,
    RESOLUTION,
    WIDTH,
    Picture,
    amount,
    frame_of,
    unit_of,
)
from archcalc.cost.table import CostTable
from archcalc.errors import ArchcalcError
from archcalc.scaling.closed_form import AgainstClosedForm
from archcalc.scaling.grid import Grid, resolution_text
from archcalc.tables import Record
from archcalc.units import format_count, format_exact, format_percent


def accuracy(records: Sequence[Mapping[str, Any]], cost: str = "madds") -> Picture:
    """Return top-1 against a cost, with the Pareto front.

    ``records`` have ``model``, ``width``, ``resolution``, ``top1`` in percent and the cost;
    ``basis`` says what a top-1 is (default: published). Records without top-1 are left out.
    """
    known = [record for record in records if record.get("top1") is not None]
    if not known:
        raise ArchcalcError("accuracy: no record has a top-1")
    unit = unit_of(cost, (record[cost] for record in known))
    front = _front([(record[cost], record["top1"]) for record in known])
    rows = [
        {
            "x": record[cost] / unit.size,
            "y": record["top1"],
            "series": record["model"],
            "basis": record.get("basis") or "published",
            "front": index in front,
            "exact": format_exact(record[cost]),
            "name": f"{record['model']}@{record['width']:g}-{record['resolution']}",
        }
        for index, record in enumerate(known)
    ]
    frame = frame_of(rows).sort_values(["x", "y"], kind="stable", ignore_index=True)
    best = max(known, key=lambda record: record["top1"])
    return Picture(
        "front",
        frame,
        f"top-1 accuracy against {LABELS[cost]}",
        unit.label(cost),
        "top-1 accuracy (%)",
        f"Points of top-1 accuracy against {LABELS[cost]} for {len(known)} variants, with the "
        f"{len(front)} that no other beats in both joined to a front; the best reaches "
        f"{best['top1']:g}% at {amount(cost, best[cost])}.",
        "net",
        list(dict.fromkeys(record["model"] for record in known)),
    )


def by_stage(table: CostTable) -> Picture:
    """Return the shares of MAdds and params by stage, in percent."""
    groups = table.by("stage")
    rows: list[Record] = [
        {
            "stage": f"{record['key'].removeprefix('stage_')}: {height}x{width}",
            "series": LABELS[quantity],
            "y": record[f"{quantity}_share"] or 0.0,
            "exact": format_exact(record[quantity]),
            "text": format_count(record[quantity]),
        }
        for record in groups.records()
        for _, height, width in [groups.groups[record["key"]][-1].output]
        for quantity in ("madds", "params")
    ]
    most = {
        label: max((row for row in rows if row["series"] == label), key=lambda row: row["y"])
        for label in (LABELS["madds"], LABELS["params"])
    }
    told = " and ".join(
        f"{format_percent(row['y'], 1)} of the {label} in stage {row['stage']}"
        for label, row in most.items()
    )
    return Picture(
        "bars",
        frame_of(rows),
        f"{table.net.title}: MAdds and parameters by stage",
        "stage: size of its maps",
        "share (%)",
        f"Bars of the shares of MAdds and parameters of {table.net.title} by stage, the most "
        f"being {told}.",
        "",
        [LABELS["madds"], LABELS["params"]],
    )


def against_closed_form(grid: Grid, part: int = 0) -> Picture:
    """Return exact MAdds and α²ρ² against α (or ρ, where α does not vary)."""
    chosen = product_of(grid, part)
    by_width = len(chosen.widths) > 1
    one = Grid((chosen,), grid.convention, grid.batch, grid.dtype)
    records = [
        record
        for record in AgainstClosedForm(one).records()
        if not by_width or record["resolution"] == resolution_text(chosen.resolutions[-1])
    ]
    unit = unit_of("madds", (record["madds"] for record in records))
    rows = [
        {
            "x": record["width"] if by_width else float(str(record["resolution"]).split("x")[0]),
            "exact": record["madds"] / unit.size,
            "closed_form": record["closed_form"] / unit.size,
            "difference": record["difference_percent"],
            "digits": format_exact(record["madds"]),
        }
        for record in records
    ]
    frame = frame_of(rows).sort_values("x", ignore_index=True)
    worst = max(records, key=lambda record: abs(record["difference_percent"]))
    where = "width" if by_width else "resolution"
    name = chosen.spec.name
    at = f", resolution {resolution_text(chosen.resolutions[-1])}" if by_width else ""
    return Picture(
        "closed_form",
        frame,
        f"{name}: exact MAdds and α²ρ²{at}",
        WIDTH if by_width else f"{RESOLUTION} (px)",
        unit.label("madds"),
        f"Exact MAdds of {name} beside the closed form α²ρ² against {where}: it is off the most "
        f"at {where} {worst[where]:g}, by {format_percent(worst['difference_percent'])} of the "
        "exact count.",
        order=["exact", "α²ρ²"],
    )


def _front(points: Sequence[tuple[float, float]]) -> set[int]:
    """Return the indices of (cost, gain) that no cheaper or equal point beats."""
    order = sorted(range(len(points)), key=lambda i: (points[i][0], -points[i][1]))
    kept: set[int] = set()
    best = float("-inf")
    for index in order:
        if points[index][1] > best:
            best = points[index][1]
            kept.add(index)
    return kept
