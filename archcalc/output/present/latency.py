"""Tables and facts of measured latency, for reports and for pages alike."""

from __future__ import annotations

from typing import Any

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_decimal,
    format_fixed,
    format_ms,
    format_percent,
)
from archcalc.cost.claims.judge import claims_of
from archcalc.cost.counting.table import CostTable
from archcalc.language.graph import Net
from archcalc.models.latency import LatencyTable, RuntimeLatency
from archcalc.models.latency.by_op import OpLatencyTable, madds_of
from archcalc.output.present.costs import layer_name
from archcalc.output.present.latency_words import saying
from archcalc.output.present.words import place_words, quantity_words

SLOWEST = 20
"""Layers of the table; the figure shows all of them."""


def by_op_table(t: Messages, table: OpLatencyTable) -> TableBlock:
    """Return time and MAdds by operator, the slowest first."""
    columns = [
        Column(t("report.op")),
        Column(t("report_latency.layers"), numeric=True),
        Column("ms", numeric=True),
        Column(t("report_latency.time_share"), numeric=True),
        Column(t("report.madds"), numeric=True),
        Column(t("report_latency.madds_share"), numeric=True),
        Column(t("report_latency.speed"), numeric=True),
    ]
    rows = []
    for record in table.records():
        time, madds, speed = (
            record[name] for name in ("time_share", "madds_share", "gmadds_per_s")
        )
        rows.append(
            [
                Cell(record["op"]),
                Cell(str(record["layers"])),
                Cell(format_ms(record["ms"])),
                Cell(format_percent(time, 1), time / 100),
                Cell(format_count(record["madds"])),
                Cell(
                    "" if madds is None else format_percent(madds, 1),
                    None if madds is None else madds / 100,
                ),
                Cell("" if speed is None else format_fixed(speed, 1)),
            ]
        )
    return TableBlock(t("report_latency.by_op", runtime=table.run.runtime), columns, rows)


def slowest_table(t: Messages, run: RuntimeLatency, cost: CostTable) -> TableBlock:
    """Return the slowest layers, each beside its MAdds."""
    timed = list(zip(run.layers, madds_of(run.layers, cost), strict=True))
    timed.sort(key=lambda pair: -pair[0].median_ms)
    most = timed[0][0].share_percent or 1
    columns = [
        Column(t("report.layer"), wide=True),
        Column(t("report.op")),
        Column("ms", numeric=True),
        Column("p10", numeric=True),
        Column("p90", numeric=True),
        Column(t("report_latency.time_share"), numeric=True),
        Column(t("report.madds"), numeric=True),
    ]
    rows = [
        [
            Cell(layer_name(layer.ids)),
            Cell(layer.op),
            Cell(format_fixed(layer.median_ms, 3)),
            Cell(format_fixed(layer.p10_ms, 3)),
            Cell(format_fixed(layer.p90_ms, 3)),
            Cell(format_percent(layer.share_percent), layer.share_percent / most),
            Cell(format_count(madds)),
        ]
        for layer, madds in timed[:SLOWEST]
    ]
    caption = t("report_latency.slowest", number=len(rows), all=len(timed), runtime=run.runtime)
    return TableBlock(caption, columns, rows, dense=True)


def phones_table(t: Messages, net: Net) -> TableBlock | None:
    """Return the latencies that papers print of this very net; None where they print none.

    They are another machine's: `report_latency.other_machine` says so.
    """
    printed = [
        one
        for one in claims_of(net)
        if one.quantity.startswith("latency_") and one.quantity != "latency_delta"
    ]
    if not printed:
        return None
    columns = [
        Column(t("report_latency.phone")),
        Column(t("report.printed"), numeric=True),
        Column(t("report.source"), wide=True),
    ]
    rows = [
        [
            Cell(quantity_words(t, one.quantity)),
            Cell(one.printed),
            Cell(place_words(t, one.source or "")),
        ]
        for one in printed
    ]
    return TableBlock(t("report_latency.phones_caption"), columns, rows)


def machine_facts(t: Messages, latency: LatencyTable) -> list[tuple[str, str]]:
    """Return what was measured on."""
    machine = latency.machine
    memory = machine.get("memory_bytes")
    load = machine.get("load_average")
    software = f"{machine.get('os')}, Python {machine.get('python')}, torch {machine.get('torch')}"
    found = [
        (t("report_latency.cpu"), str(machine.get("cpu"))),
        (t("report_latency.cores"), str(machine.get("logical_cores"))),
        (t("report_latency.software"), software),
    ]
    if isinstance(memory, int):
        found.insert(2, (t("report_latency.memory"), format_bytes(memory)))
    if isinstance(load, list) and load:
        found.append((t("report_latency.load"), format_decimal(load[0])))
    return found


def protocol_facts(t: Messages, latency: LatencyTable) -> list[tuple[str, str]]:
    """Return how it was measured."""
    protocol = latency.protocol

    def said(name: str) -> Any:
        return protocol.get(name, "?")

    return [
        (t("report_latency.runtime"), ", ".join(run.runtime for run in latency.runs)),
        (
            t("report_latency.how"),
            t(
                "report_latency.protocol",
                clock=said("clock"),
                layers_clock=said("layers_clock"),
                threads=said("threads"),
                batch=said("batch"),
                dtype=said("dtype"),
                device=said("device"),
                passes=said("passes"),
                warmup=said("warmup_calls"),
            ),
        ),
        (t("report_latency.pinning"), saying(t, str(said("pinning")))),
    ]
