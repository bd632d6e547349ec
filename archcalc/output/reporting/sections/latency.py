"""Measured latency: the whole pass, its layers and their closure; printed phone latencies."""

from __future__ import annotations

from archcalc.base.document import Block, Facts, Heading, Note, Section, Text, Tile, Tiles
from archcalc.base.units import format_ms, format_signed_percent
from archcalc.models.latency import RuntimeLatency
from archcalc.models.latency.by_op import OpLatencyTable
from archcalc.models.latency.report import open_note
from archcalc.output.charts import profile, time_by_op
from archcalc.output.present.latency import (
    by_op_table,
    machine_facts,
    phones_table,
    protocol_facts,
    slowest_table,
)
from archcalc.output.present.remarks import saying
from archcalc.output.reporting.figures import chart
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return the net's measured and printed latencies; None without any."""
    latency = subject.latencies.get(subject.net.title)
    if latency is None or not latency.runs:
        return None
    t = subject.t
    blocks: list[Block] = [
        Text(t("report_latency.intro")),
        Facts([*protocol_facts(t, latency), *machine_facts(t, latency)]),
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
        tiles.append(
            Tile(format_signed_percent(run.closure_percent), t("report_latency.closure"), held)
        )
    blocks: list[Block] = [Tiles(tiles)]
    opened = open_note(run.closure_percent)
    blocks += [
        Note(saying(t, note), "warning" if note == opened else "plain") for note in run.notes
    ]
    if run.layers:
        by_op = OpLatencyTable(run, subject.cost, batch)
        blocks.append(by_op_table(t, by_op))
        blocks.append(chart(time_by_op(by_op), t("report_latency.by_op_chart")))
        blocks.append(chart(profile(run, subject.cost), t("report_latency.profile")))
        blocks.append(slowest_table(t, run, subject.cost))
    return blocks


def _stamps(subject: Subject, run: RuntimeLatency) -> str:
    if run.overhead_percent is None:
        return ""
    return subject.t("report_latency.stamps", percent=format_signed_percent(run.overhead_percent))


def _phones(subject: Subject) -> list[Block]:
    """Return the latencies that papers print for exactly this net, as another machine's."""
    table = phones_table(subject.t, subject.net)
    if table is None:
        return []
    t = subject.t
    return [
        Heading(t("report_latency.phones")),
        Text(t("report_latency.other_machine")),
        table,
    ]


SECTION = SectionKind("latency", {"net": 70}, make)
