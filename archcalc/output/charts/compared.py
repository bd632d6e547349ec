"""Charts of two quantities: accuracy and cost, MAdds and params, exact MAdds and α²ρ²."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import VariantName, resolution_name, sides_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_count,
    format_decimal,
    format_exact,
    format_percent,
    format_quantity,
    unit_of,
)
from archcalc.cost.counting.table import CostTable
from archcalc.cost.scaling.alpha_rho import AgainstClosedForm
from archcalc.cost.scaling.grid import Grid
from archcalc.output.charts.choice import check_quantity, listed, nets_of, product_of, shown
from archcalc.output.charts.picture import KINDS, LABELS, RESOLUTION, WIDTH, Picture, frame_of
from archcalc.studies.budgets.pareto import non_dominated


def accuracy(records: Sequence[Mapping[str, Any]], cost: str = "madds") -> Picture:
    """Return top-1 against a cost, with the Pareto front.

    ``records`` have ``model``, ``width``, ``resolution``, ``top1`` in percent and the cost;
    ``basis`` of the top-1 (default: published). Records without top-1 are left out. Raises
    ArchcalcError where none has it, or for a missing column.
    """
    check_quantity(cost)
    known = [record for record in records if record.get("top1") is not None]
    if not known:
        raise ArchcalcError("accuracy: no record has a top-1")
    for record in known:
        for column in ("model", "width", "resolution", cost):
            if record.get(column) is None:
                raise ArchcalcError(f"accuracy: a record has no '{column}'")
        if record[cost] <= 0:
            raise ArchcalcError(f"accuracy: {LABELS[cost]} of 0 have no place on a log axis")
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
            "name": str(VariantName.of_record(record)),
        }
        for index, record in enumerate(known)
    ]
    frame = frame_of(rows).sort_values(["x", "y"], kind="stable", ignore_index=True)
    best = max(known, key=lambda record: record["top1"])
    return Picture(
        "front",
        frame,
        f"top-1 accuracy against {LABELS[cost]}",
        unit.head(LABELS[cost]),
        "top-1 accuracy (%)",
        f"Points of top-1 accuracy against {LABELS[cost]} for {len(known)} variants, with the "
        f"{len(front)} that no other beats in both joined to a front; the best reaches "
        f"{format_decimal(best['top1'])}% at {format_quantity(cost, best[cost])}.",
        "net",
        list(dict.fromkeys(record["model"] for record in known)),
    )


def by_op(table: CostTable) -> Picture:
    """Return the shares of MAdds and params by layer type, in percent, the largest first.

    Types with neither are left out; types beyond the first `KINDS` are one, "other". Raises
    ArchcalcError for a net without either.
    """
    records = [one for one in table.by("op").records() if one["madds"] or one["params"]]
    if not records:
        raise ArchcalcError(f"{table.net.title}: no MAdds and no parameters to have shares of")
    records.sort(key=lambda one: -max(one["madds_share"] or 0, one["params_share"] or 0))
    named = {record["key"]: [record] for record in records[:KINDS]}
    if records[KINDS:]:
        named["other"] = records[KINDS:]
    rows: list[Record] = [
        {
            "kind": kind,
            "series": LABELS[quantity],
            "y": sum(one[f"{quantity}_share"] or 0.0 for one in members),
            "exact": format_exact(sum(one[quantity] for one in members)),
            "text": format_count(sum(one[quantity] for one in members)),
        }
        for kind, members in named.items()
        for quantity in ("madds", "params")
    ]
    return Picture(
        "side_bars",
        frame_of(rows),
        f"{table.net.title}: MAdds and parameters by layer type",
        "share (%)",
        "layer type",
        f"Bars of the shares of MAdds and parameters of {table.net.title} by layer type, the most "
        f"being {_most(rows, 'kind', 'in')}.",
        "",
        [LABELS["madds"], LABELS["params"]],
    )


def by_stage(table: CostTable) -> Picture:
    """Return the shares of MAdds and params by stage, in percent."""
    groups = table.by("stage")
    rows: list[Record] = [
        {
            "stage": f"{record['key'].removeprefix('stage_')}: {sides_text(height, width)}",
            "series": LABELS[quantity],
            "y": record[f"{quantity}_share"] or 0.0,
            "exact": format_exact(record[quantity]),
            "text": format_count(record[quantity]),
        }
        for record in groups.records()
        for _, height, width in [groups.groups[record["key"]][-1].output]
        for quantity in ("madds", "params")
    ]
    return Picture(
        "bars",
        frame_of(rows),
        f"{table.net.title}: MAdds and parameters by stage",
        "stage: size of its maps",
        "share (%)",
        f"Bars of the shares of MAdds and parameters of {table.net.title} by stage, the most "
        f"being {_most(rows, 'stage', 'in stage')}.",
        "",
        [LABELS["madds"], LABELS["params"]],
    )


def against_closed_form(grid: Grid, part: int = 0) -> Picture:
    """Return exact MAdds and α²ρ² against α (or ρ, where α does not vary).

    Against α: at the last resolution of the grid. Resolutions that are not square are
    categories in the order of their areas, since no single number orders them.
    """
    whole = product_of(grid, part)
    chosen = shown(whole)
    by_width = len(chosen.widths) > 1
    last = resolution_name(*whole.resolutions[-1])
    square = all(height == width for height, width in chosen.resolutions)
    records = [
        record
        for record in AgainstClosedForm(
            Grid((chosen,), grid.convention, grid.batch, grid.dtype)
        ).records()
        if not by_width or record["resolution"] == last
    ]
    unit = unit_of("madds", (record["madds"] for record in records))
    where = "width" if by_width else "resolution"
    rows = [
        {
            "x": record[where] if by_width or square else str(record[where]),
            "exact": record["madds"] / unit.size,
            "closed_form": record["closed_form"] / unit.size,
            "difference": record["difference_percent"],
            "digits": format_exact(record["madds"]),
        }
        for record in records
    ]
    worst = max(records, key=lambda record: abs(record["difference_percent"]))
    name = listed(nets_of(chosen, whole))
    at = f"resolution {last}" if by_width else f"width {format_decimal(float(chosen.widths[0]))}"
    most = f"{where} {format_decimal(worst[where])}" if by_width else f"{where} {worst[where]}"
    off = f"{format_percent(worst['difference_percent'])} of the exact count"
    most_off = f"the most at {most}, by {off}" if len(records) > 1 else f"by {off} at {most}"
    return Picture(
        "closed_form",
        frame_of(rows),
        f"{name}: exact MAdds and α²ρ², {at}",
        WIDTH if by_width else f"{RESOLUTION} (px)",
        unit.head(LABELS["madds"]),
        f"Exact MAdds of {name} at {at} beside the closed form α²ρ², against {where}: it is off "
        f"{most_off}.",
        order=["exact", "α²ρ²"],
    )


def _most(rows: Sequence[Record], column: str, where: str) -> str:
    """Write the largest shares of MAdds and of params."""
    shares = []
    for label in (LABELS["madds"], LABELS["params"]):
        own = [row for row in rows if row["series"] == label]
        row = max(own, key=lambda row: row["y"])
        shares.append(f"{format_percent(row['y'], 1)} of the {label} {where} {row[column]}")
    return " and ".join(shares)


def _front(points: Sequence[tuple[float, float]]) -> set[int]:
    """Return the indices of (cost, gain) on the Pareto front; of equal points the first."""
    kept = non_dominated([cost for cost, _ in points], [-gain for _, gain in points])
    first = {point: index for index, point in reversed([*enumerate(points)]) if kept[index]}
    return set(first.values())
