"""What Latency measures, and its figures as records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archcalc import CostTable, LatencyTable, Net
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_ms, percent
from archcalc.models.latency import OpLatencyTable, RuntimeLatency, runtime_names
from archcalc.models.latency.by_op import madds_of
from archcalc.models.latency.request import Request
from archcalc.output.charts import Picture, time_by_op
from archcalc.output.present.costs import layer_name
from dashboard.kit.measured import BATCH, RUNTIMES, THREADS
from dashboard.shell.fields import Values, choice_field

BATCHES = (1, 2, 4, 8, 16, 32)


def taken_runtimes(names: Sequence[str]) -> tuple[str, ...]:
    """Return the runtimes of a widget in their own order; something is always measured."""
    return tuple(name for name in runtime_names() if name in names) or RUNTIMES.default


PASSES = choice_field("lat_passes", ("standard", "quick"))
SHOWN = choice_field("lat_shown", runtime_names(), "folded")
"""Which runtime's figures are shown, where several were measured."""

FIELDS = (RUNTIMES, THREADS, BATCH, PASSES, SHOWN)


@dataclass(frozen=True)
class Measured:
    """One runtime's figures of a net, and what it costs."""

    table: LatencyTable
    run: RuntimeLatency
    cost: CostTable

    @property
    def batch(self) -> int:
        """Images of a pass."""
        return int(self.table.protocol.get("batch", 1))

    @property
    def by_op(self) -> OpLatencyTable:
        """Time beside MAdds by operator."""
        return OpLatencyTable(self.run, self.cost, self.batch)


def request_of(net: Net, state: Values) -> Request:
    """Return what is to be measured by the knobs."""
    return Request(net, state[RUNTIMES], state[THREADS], state[BATCH], state[PASSES] == "quick")


def run_of(table: LatencyTable, wanted: str) -> RuntimeLatency:
    """Return the figures of a runtime, or the first where it was not measured."""
    return next((run for run in table.runs if run.runtime == wanted), table.runs[0])


def sums(run: RuntimeLatency) -> list[Record]:
    """Return the whole pass and the sum of the layers, as shares of the longer; none untimed."""
    if run.sum_of_layers_ms is None or run.end_to_end_ms is None:
        return []
    times = {"end_to_end": run.end_to_end_ms, "sum": run.sum_of_layers_ms}
    longest = max(times.values())
    return [
        {"name": name, "ms": f"{format_ms(ms)} ms", "share": percent(ms, longest)}
        for name, ms in times.items()
    ]


def layer_records(measured: Measured) -> list[Record]:
    """Return a record a layer in the order in which they run: its times beside its MAdds."""
    run, whole = measured.run, measured.cost.madds
    counted = madds_of(run.layers, measured.cost)
    return [
        {
            "place": place,
            "id": layer_name(layer.ids),
            "op": layer.op,
            "ms": layer.median_ms,
            "p10": layer.p10_ms,
            "p90": layer.p90_ms,
            "time_share": layer.share_percent,
            "madds": madds,
            "madds_share": percent(madds, whole),
            "count": format_count(madds),
        }
        for place, (layer, madds) in enumerate(zip(run.layers, counted, strict=True), 1)
    ]


def op_picture(t: Messages, table: OpLatencyTable) -> Picture:
    """Return the shares of time and MAdds by operator, in the language's words."""
    picture = time_by_op(table)
    words = dict(zip(picture.order, (t("dashboard_latency.time"), t("table.madds")), strict=True))
    frame = picture.frame.assign(series=picture.frame["series"].map(words))
    return replace(
        picture,
        frame=frame,
        order=list(words.values()),
        x=t("dashboard_latency.share"),
        y=t("table.op"),
    )
