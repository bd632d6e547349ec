"""Measured latency: medians, machine and protocol, layers; for commands, reports and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archcalc.base.document import Block, Cell, Column, Facts, Note, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import size_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_decimal,
    format_fixed,
    format_ms,
    format_percent,
    format_signed_percent,
)
from archcalc.cost.claims.judge import claims_of
from archcalc.cost.counting.table import CostTable
from archcalc.language.graph import Net
from archcalc.models.latency import LatencyTable, RuntimeLatency
from archcalc.models.latency.by_op import OpLatencyTable, madds_of
from archcalc.models.latency.measured import Measured
from archcalc.output.present.costs import below_blocks, layer_name
from archcalc.output.present.remarks import saying
from archcalc.output.present.words import place_words, quantity_words

SLOWEST = 20
"""Maximum layers of the table; the figure shows all."""


def present(table: Measured | LatencyTable, t: Messages, *, layers: bool = True) -> Section:
    """Return machine, protocol and medians; ``layers``: the layers too."""
    latency = table.latency if isinstance(table, Measured) else table
    net = table.net if isinstance(table, Measured) else None
    facts = [*machine_facts(t, latency), *protocol_facts(t, latency)]
    blocks: list[Block] = [Facts(facts), medians_table(t, latency)]
    for run in latency.runs:
        blocks += [Note(text, label=run.runtime) for text in remarks(t, run)]
    timed = [run for run in latency.runs if run.layers]
    if layers:
        blocks += [layers_table(t, run, net) for run in timed]
    elif timed:
        blocks.append(Note(t("report_latency.ask_layers")))
    return Section("latency", _title(t, latency, net), blocks)


def _title(t: Messages, latency: LatencyTable, net: Net | None) -> str:
    if net is None:
        names = ", ".join(run.runtime for run in latency.runs)
        return t("report_latency.title_alone", runtimes=names)
    threads = latency.protocol["threads"]
    return t(
        "report_latency.title_thread" if threads == 1 else "report_latency.title_threads",
        net=net.title,
        size=size_text(net.input_shape),
        batch=latency.protocol["batch"],
        threads=threads,
    )


def medians_table(t: Messages, latency: LatencyTable) -> TableBlock:
    """Return the median of each runtime, and the range of its passes."""
    columns = [
        Column(t("report_latency.runtime")),
        Column(t("report_latency.median_ms"), numeric=True),
        Column("p10", numeric=True),
        Column("p90", numeric=True),
        Column(t("report_latency.cpu_ms"), numeric=True, priority=1),
        Column(t("report_latency.passes"), numeric=True, priority=1),
    ]
    rows = []
    for run in latency.runs:
        ms = run.latency_ms
        rows.append(
            [
                Cell(run.runtime, strong=True),
                Cell(format_ms(ms.median), strong=True),
                *(Cell(format_ms(one)) for one in (ms.p10, ms.p90, ms.cpu_median)),
                Cell(str(run.passes)),
            ]
        )
    return TableBlock("", columns, rows)


def remarks(t: Messages, run: RuntimeLatency) -> Iterator[str]:
    """Yield the remarks on one runtime's figures."""
    if run.sum_of_layers_ms is not None and run.end_to_end_ms is not None:
        total, whole = format_ms(run.sum_of_layers_ms), format_ms(run.end_to_end_ms)
        parts = [t("report_latency.adds_up", sum=total, whole=whole)]
        if run.closure_percent is not None:
            percent = format_signed_percent(run.closure_percent)
            parts.append(f"{t('report_latency.closure')} {percent}")
        if run.overhead_percent is not None:
            percent = format_signed_percent(run.overhead_percent)
            parts.append(t("report_latency.stamps", percent=percent))
        yield t("table.semicolon").join(parts)
    first, prepared = format_ms(run.first_call_ms), format_fixed(run.preparation_s, 2)
    yield t("report_latency.first_call", ms=first, seconds=prepared)
    if run.error_against_eager is not None:
        yield t("report_latency.agreement", error=f"{run.error_against_eager:.1e}")
    yield from (saying(t, note) for note in run.notes)


def layers_table(t: Messages, run: RuntimeLatency, net: Net | None = None) -> TableBlock:
    """Return every timed layer, below its block where the net is known."""
    groups: dict[int, str] = {}
    labels = [layer_name(layer.ids) for layer in run.layers]
    if net is not None:
        groups, labels = below_blocks(net, [layer.ids for layer in run.layers])
    columns = [
        Column(t("table.layer"), wide=True),
        Column(t("table.op"), wide=True),
        Column("ms", numeric=True),
        Column("%", numeric=True),
        Column("p10", numeric=True, priority=1),
        Column("p90", numeric=True, priority=1),
    ]
    rows = [
        [
            Cell(label),
            Cell(layer.op),
            Cell(format_fixed(layer.median_ms, 3)),
            Cell(format_fixed(layer.share_percent, 2)),
            Cell(format_fixed(layer.p10_ms, 3)),
            Cell(format_fixed(layer.p90_ms, 3)),
        ]
        for layer, label in zip(run.layers, labels, strict=True)
    ]
    caption = t("report_latency.layers_of", runtime=run.runtime)
    return TableBlock(caption, columns, rows, groups=groups)


def by_op_table(t: Messages, table: OpLatencyTable) -> TableBlock:
    """Return time and MAdds by operator, the slowest first."""
    columns = [*_by_op_columns(t), Column(t("report_latency.speed"), numeric=True)]
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


def awaited_ops(cost: CostTable) -> list[Record]:
    """Return the operators that multiply, those of most MAdds first; their times are to come."""
    records = [record for record in cost.by("op").records() if record["madds"]]
    return sorted(records, key=lambda record: -record["madds"])


def awaited_table(t: Messages, cost: CostTable, caption: str) -> TableBlock:
    """Return MAdds by operator before anything is measured, with an ellipsis for each time."""
    rows = [
        [
            Cell(record["key"]),
            Cell(str(record["layers"])),
            *(Cell("…") for _ in ("ms", "share")),
            Cell(format_count(record["madds"])),
            Cell(format_percent(record["madds_share"], 1), record["madds_share"] / 100),
        ]
        for record in awaited_ops(cost)
    ]
    return TableBlock(caption, _by_op_columns(t), rows)


def _by_op_columns(t: Messages) -> list[Column]:
    heads = ("layers", "ms", "time_share", "madds", "madds_share")
    words = {"ms": "ms", "madds": t("table.madds")}
    return [
        Column(t("table.op")),
        *(Column(words.get(n) or t(f"report_latency.{n}"), numeric=True) for n in heads),
    ]


def slowest_table(t: Messages, run: RuntimeLatency, cost: CostTable) -> TableBlock:
    """Return the slowest layers, each beside its MAdds."""
    timed = list(zip(run.layers, madds_of(run.layers, cost), strict=True))
    timed.sort(key=lambda pair: -pair[0].median_ms)
    most = timed[0][0].share_percent or 1
    columns = [
        Column(t("table.layer"), wide=True),
        Column(t("table.op")),
        Column("ms", numeric=True),
        Column("p10", numeric=True),
        Column("p90", numeric=True),
        Column(t("report_latency.time_share"), numeric=True),
        Column(t("table.madds"), numeric=True),
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
    """Return the latencies that papers print for exactly this net; None where there is none.

    They were measured on another machine: see the message `report_latency.other_machine`.
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
        Column(t("table.printed"), numeric=True),
        Column(t("table.source"), wide=True),
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
    """Return the machine of a measurement."""
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
    """Return the protocol of a measurement."""
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
