"""What can be said of a measurement before it is made: what will be timed, beside the counts."""

from __future__ import annotations

from archcalc import CostTable
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_decimal, format_exact, percent
from archcalc.models.latency import QUICK, STANDARD
from archcalc.models.latency.request import Request
from archcalc.output.charts import Picture
from archcalc.output.charts.picture import frame_of
from archcalc.output.present.latency import awaited_ops


def plan_words(t: Messages, request: Request, cost: CostTable) -> str:
    """Say what will be measured: input, layers, passes."""
    net, schedule = request.net, QUICK if request.quick else STANDARD
    channels, height, width = net.input_shape
    key = "plan_for" if schedule.seconds else "plan"
    return t(
        f"dashboard_latency.{key}",
        net=net.title,
        layers=len(cost.layers),
        input=f"{height} × {width} × {channels}",
        batch=request.batch,
        warmup=schedule.warmup_calls,
        passes=schedule.passes,
        seconds=format_decimal(schedule.seconds),
        threads=request.threads,
        runtimes=", ".join(request.runtimes),
    )


def awaited_picture(t: Messages, cost: CostTable) -> Picture:
    """Return the shares of MAdds by operator, with room for those of the time."""
    names = [t("dashboard_latency.time"), t("table.madds")]
    rows: list[Record] = [
        {
            "kind": record["key"],
            "series": names[1],
            "y": record["madds_share"],
            "exact": format_exact(record["madds"]),
        }
        for record in awaited_ops(cost)
    ]
    across, up = t("dashboard_latency.share"), t("table.op")
    return Picture("side_bars", frame_of(rows), "", across, up, "", "", names)


def awaited_layers(cost: CostTable) -> list[Record]:
    """Return a record a layer that multiplies, in the order in which they run."""
    whole = cost.madds
    layers = [layer for layer in cost.layers if layer.madds]
    return [
        {
            "place": place,
            "id": layer.node.id,
            "op": layer.node.op.label,
            "madds": layer.madds,
            "madds_share": percent(layer.madds, whole),
            "count": format_count(layer.madds),
        }
        for place, layer in enumerate(layers, 1)
    ]
