"""Charts of measured time and multiply-adds: by operator, and layer by layer."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_exact, format_ms, format_percent, percent
from archcalc.cost.counting.table import CostTable
from archcalc.models.latency.by_op import OpLatencyTable, madds_of
from archcalc.models.latency.table import RuntimeLatency
from archcalc.output.charts.picture import KINDS, LABELS, Picture, frame_of

TIME = "time"


def time_by_op(table: OpLatencyTable) -> Picture:
    """Return the shares of time and MAdds by operator, in percent, the slowest first.

    Raises ArchcalcError where no layer was timed.
    """
    records = table.records()
    if not records:
        raise ArchcalcError(f"{table.title}: no layer was timed")
    known = records if len(records) <= KINDS + 1 else [*records[:KINDS], _other(records[KINDS:])]
    rows = [
        {
            "kind": record["op"],
            "series": label,
            "y": record[share] or 0.0,
            "exact": exact,
            "text": format_percent(record[share] or 0, 1),
        }
        for record in known
        for label, share, exact in (
            (TIME, "time_share", f"{format_ms(record['ms'])} ms"),
            (LABELS["madds"], "madds_share", format_exact(record["madds"])),
        )
    ]
    first = records[0]
    return Picture(
        "side_bars",
        frame_of(rows),
        f"{table.cost.net.title}: time and MAdds by operator ({table.run.runtime})",
        "share (%)",
        "operator",
        f"Bars of the shares of time and MAdds of {table.cost.net.title} by operator: "
        f"{first['op']} takes {format_percent(first['time_share'], 1)} of the time for "
        f"{format_percent(first['madds_share'] or 0, 1)} of the MAdds.",
        "",
        [TIME, LABELS["madds"]],
    )


def profile(run: RuntimeLatency, cost: CostTable) -> Picture:
    """Return the time of every layer above its MAdds, in execution order.

    Raises ArchcalcError where no layer was timed.
    """
    name = f"{cost.net.title} ({run.runtime})"
    if not run.layers:
        raise ArchcalcError(f"{name}: no layer was timed")
    sums: dict[str, float] = {}
    for layer in run.layers:
        sums[layer.op] = sums.get(layer.op, 0) + layer.median_ms
    kinds = sorted(sums, key=lambda op: -sums[op])[:KINDS]
    madds = madds_of(run.layers, cost)
    rows: list[Record] = [
        {
            "x": index,
            "y": layer.median_ms,
            "series": layer.op if layer.op in kinds else "other",
            "name": " + ".join(layer.ids),
            "madds": count / 10**6,
            "exact": f"{format_ms(layer.median_ms)} ms, {format_count(count)} MAdds",
        }
        for index, (layer, count) in enumerate(zip(run.layers, madds, strict=True), 1)
    ]
    order = [*kinds, *(["other"] if len(sums) > KINDS else [])]
    slowest = max(run.layers, key=lambda layer: layer.median_ms)
    return Picture(
        "profile",
        frame_of(rows),
        f"{name}: time and MAdds of every layer",
        "layer, in the order in which they run",
        "time (ms)",
        f"Bars of the time of the {len(rows)} measured layers of {name} above their MAdds: the "
        f"slowest is {' + '.join(slowest.ids)} with {format_ms(slowest.median_ms)} ms.",
        "operator",
        order,
    )


def time_against_madds(runs: Sequence[tuple[CostTable, RuntimeLatency]]) -> Picture:
    """Return time and MAdds of each net, in percent of those of the first.

    Raises ArchcalcError where the first has none.
    """
    base, first = runs[0]
    whole = first.latency_ms.median
    if not whole or not base.madds:
        raise ArchcalcError(f"{base.net.title}: no time or no MAdds to compare with")
    rows: list[Record] = []
    for cost, run in runs:
        time, madds = run.latency_ms.median, cost.madds
        for label, share, exact in (
            (TIME, percent(time, whole), f"{format_ms(time)} ms"),
            (LABELS["madds"], percent(madds, base.madds), format_exact(cost.madds)),
        ):
            text = format_percent(share, 0)
            name = cost.net.title
            rows.append({"kind": name, "series": label, "y": share, "exact": exact, "text": text})
    last = rows[-2:]
    return Picture(
        "side_bars",
        frame_of(rows),
        f"Time and MAdds in percent of those of {base.net.title} ({first.runtime})",
        f"of {base.net.title} (%)",
        "net",
        f"Bars of the time and the MAdds of {len(runs)} nets in percent of those of "
        f"{base.net.title}: {last[0]['kind']} takes {last[0]['text']} of the time for "
        f"{last[1]['text']} of the MAdds.",
        "",
        [TIME, LABELS["madds"]],
    )


def _other(records: Sequence[Record]) -> Record:
    """Return the remaining records as one."""
    shares = [record["madds_share"] for record in records if record["madds_share"] is not None]
    return {
        "op": "other",
        "ms": sum(record["ms"] for record in records),
        "time_share": sum(record["time_share"] for record in records),
        "madds": sum(record["madds"] for record in records),
        "madds_share": sum(shares) if shares else None,
    }
