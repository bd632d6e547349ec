"""Measured latency: the whole pass, its layers and their closure; phones' times apart from it."""

from __future__ import annotations

from typing import Any

from archcalc.charts import profile, time_by_op
from archcalc.cost.variant_claims import claims_of
from archcalc.latency import LatencyTable, RuntimeLatency
from archcalc.latency.by_op import OpLatencyTable, madds_of
from archcalc.latency.report import open_note
from archcalc.reporting.document import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Note,
    Section,
    TableBlock,
    Text,
    Tile,
    Tiles,
)
from archcalc.reporting.figures import chart
from archcalc.reporting.latency_words import saying
from archcalc.reporting.sections import SectionKind
from archcalc.reporting.subject import Subject
from archcalc.reporting.words import place_words, quantity_words
from archcalc.units import format_bytes, format_count, format_ms, format_percent

SLOWEST = 20
"""Layers of the table; the figure shows all of them."""


def make(subject: Subject) -> Section | None:
    """Return what was measured of the net and what phones' times are printed; None without."""
    latency = subject.latencies.get(subject.net.title)
    if latency is None or not latency.runs:
        return None
    t = subject.t
    blocks: list[Block] = [
        Text(t("report_latency.intro")),
        Facts([*_protocol(subject, latency), *_machine(subject, latency)]),
    ]
    for run in latency.runs:
        if len(latency.runs) > 1:
            blocks.append(Heading(run.runtime))
        blocks += _run(subject, run, int(latency.protocol.get("batch", 1)))
    blocks += _phones(subject)
    return Section("latency", t("report_latency.title"), blocks)


def _run(subject: Subject, run: RuntimeLatency, batch: int) -> list[Block]:
    t, ms = subject.t, run.latency_ms
    spread = t("report_latency.spread", low=format_ms(ms.p10), high=format_ms(ms.p90))
    tiles = [Tile(f"{format_ms(ms.median)} ms", t("report_latency.median"), spread)]
    if run.sum_of_layers_ms is not None:
        total = f"{format_ms(run.sum_of_layers_ms)} ms"
        tiles.append(Tile(total, t("report_latency.sum"), _stamps(subject, run)))
    if run.closure_percent is not None and run.end_to_end_ms is not None:
        held = t("report_latency.closure_of", ms=format_ms(run.end_to_end_ms))
        tiles.append(Tile(f"{run.closure_percent:+.2f}%", t("report_latency.closure"), held))
    blocks: list[Block] = [Tiles(tiles)]
    opened = open_note(run.closure_percent)
    blocks += [
        Note(saying(t, note), "warning" if note == opened else "plain") for note in run.notes
    ]
    if run.layers:
        by_op = OpLatencyTable(run, subject.cost, batch)
        blocks.append(_by_op(subject, by_op))
        blocks.append(chart(time_by_op(by_op), t("report_latency.by_op_chart")))
        blocks.append(chart(profile(run, subject.cost), t("report_latency.profile")))
        blocks.append(_layers(subject, run))
    return blocks


def _stamps(subject: Subject, run: RuntimeLatency) -> str:
    if run.overhead_percent is None:
        return ""
    return subject.t("report_latency.stamps", percent=f"{run.overhead_percent:+.2f}%")


def _by_op(subject: Subject, table: OpLatencyTable) -> TableBlock:
    t = subject.t
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
                Cell("" if speed is None else f"{speed:.1f}"),
            ]
        )
    return TableBlock(t("report_latency.by_op", runtime=table.run.runtime), columns, rows)


def _layers(subject: Subject, run: RuntimeLatency) -> TableBlock:
    """Return the slowest layers, each beside its MAdds."""
    t = subject.t
    timed = list(zip(run.layers, madds_of(run.layers, subject.cost), strict=True))
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
            Cell(_name(layer.ids)),
            Cell(layer.op),
            Cell(f"{layer.median_ms:.3f}"),
            Cell(f"{layer.p10_ms:.3f}"),
            Cell(f"{layer.p90_ms:.3f}"),
            Cell(format_percent(layer.share_percent), layer.share_percent / most),
            Cell(format_count(madds)),
        ]
        for layer, madds in timed[:SLOWEST]
    ]
    caption = t("report_latency.slowest", number=len(rows), all=len(timed), runtime=run.runtime)
    return TableBlock(caption, columns, rows, dense=True)


def _name(ids: tuple[str, ...]) -> str:
    """Write the ids of a layer, those folded into it by their last part where the rest is alike.

    >>> _name(("bottleneck_2.1.expand.conv", "bottleneck_2.1.expand.norm"))
    'bottleneck_2.1.expand.conv + norm'
    """
    stem, dot, _ = ids[0].rpartition(".")
    return " + ".join([ids[0], *(one.removeprefix(stem + dot) for one in ids[1:])])


def _phones(subject: Subject) -> list[Block]:
    """Return the latencies that papers print of this very net, as another machine's."""
    t = subject.t
    printed = [
        one
        for one in claims_of(subject.net)
        if one.quantity.startswith("latency_") and one.quantity != "latency_delta"
    ]
    if not printed:
        return []
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
    return [
        Heading(t("report_latency.phones")),
        Text(t("report_latency.other_machine")),
        TableBlock(t("report_latency.phones_caption"), columns, rows),
    ]


def _machine(subject: Subject, latency: LatencyTable) -> list[tuple[str, str]]:
    t, machine = subject.t, latency.machine
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
        found.append((t("report_latency.load"), f"{load[0]:g}"))
    return found


def _protocol(subject: Subject, latency: LatencyTable) -> list[tuple[str, str]]:
    t, protocol = subject.t, latency.protocol

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


SECTION = SectionKind("latency", {"net": 70}, make)
