"""Several nets side by side: shares of MAdds and parameters by layer type or map size."""

from __future__ import annotations

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_exact, format_percent, percent
from archcalc.cost.counting.across import AcrossTable
from archcalc.output.charts.picture import KINDS, LABELS, Picture, frame_of

OTHER = "other"


def shares_by_net(table: AcrossTable) -> Picture:
    """Return two bars per net, of the shares of MAdds and of parameters by layer type.

    Types beyond the first `KINDS` are one, "other". Raises ArchcalcError for nets without either.
    """
    kinds = [
        key
        for key, parts in table.groups.items()
        if any(part and (part.madds or part.params) for part in parts)
    ]
    if not kinds:
        raise ArchcalcError(f"{table.title}: no MAdds and no parameters to have shares of")
    own = kinds if len(kinds) <= KINDS + 1 else kinds[:KINDS]
    order = own if own == kinds else [*own, OTHER]
    rows: list[Record] = []
    for index, cost in enumerate(table.tables):
        for quantity in ("madds", "params"):
            whole = getattr(cost, quantity)
            counts = dict.fromkeys(order, 0)
            for key in kinds:
                part = table.groups[key][index]
                counts[key if key in own else OTHER] += getattr(part, quantity) if part else 0
            rows += [
                {
                    "bar": f"{cost.net.title}: {LABELS[quantity]}",
                    "series": key,
                    "y": percent(number, whole) or 0.0,
                    "exact": format_exact(number),
                }
                for key, number in counts.items()
            ]
    most = max(rows, key=lambda row: row["y"])
    return Picture(
        "stacks",
        frame_of(rows),
        "Shares of MAdds and parameters by layer type",
        "share (%)",
        "net",
        f"Bars of the shares of MAdds and parameters of {_names(table)} by layer type: the "
        f"largest is that of {most['series']} in {most['bar']}, {format_percent(most['y'], 1)}.",
        "layer type",
        order,
    )


def shares_by_size(table: AcrossTable) -> Picture:
    """Return the shares of MAdds by map size, a bar per net; raises as `shares_by_net`."""
    rows: list[Record] = [
        {
            "stage": key,
            "series": cost.net.title,
            "y": (part.madds_share or 0.0) if part else 0.0,
            "exact": format_exact(part.madds if part else 0),
            "text": format_count(part.madds) if part and part.madds else "",
        }
        for key, parts in table.groups.items()
        for cost, part in zip(table.tables, parts, strict=True)
    ]
    if not any(row["y"] for row in rows):
        raise ArchcalcError(f"{table.title}: no MAdds to have shares of")
    most = max(rows, key=lambda row: row["y"])
    return Picture(
        "bars",
        frame_of(rows),
        "Shares of MAdds by size of the maps",
        "size of the maps",
        "share of MAdds (%)",
        f"Bars of the shares of MAdds of {_names(table)} by size of the maps: the largest is "
        f"{format_percent(most['y'], 1)} of {most['series']} at {most['stage']}.",
        "net",
        [cost.net.title for cost in table.tables],
    )


def _names(table: AcrossTable) -> str:
    return ", ".join(cost.net.title for cost in table.tables)
