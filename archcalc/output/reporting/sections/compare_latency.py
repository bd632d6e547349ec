"""Measured latencies side by side, with MAdds and by operator."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Heading, Section, TableBlock, Text
from archcalc.base.units import (
    format_count,
    format_fixed,
    format_ms,
    format_percent,
    format_signed_percent,
    percent,
    percent_change,
)
from archcalc.cost.counting.table import CostTable
from archcalc.models.latency import LatencyTable, RuntimeLatency
from archcalc.models.latency.by_op import OpLatencyTable
from archcalc.output.charts import time_against_madds
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

Timed = tuple[CostTable, LatencyTable, RuntimeLatency]


def make(subject: Subject) -> Section | None:
    """Return whole passes and their operators by runtime; None where nothing was measured."""
    t = subject.t
    tables = [
        (cost, subject.latencies[cost.net.title])
        for cost in subject.costs
        if cost.net.title in subject.latencies
    ]
    runtimes: dict[str, list[Timed]] = {}
    for cost, table in tables:
        for run in table.runs:
            runtimes.setdefault(run.runtime, []).append((cost, table, run))
    if not runtimes:
        return None
    machine, protocol = tables[0][1].machine, tables[0][1].protocol
    how = t(
        "report_compare_latency.protocol",
        threads=protocol.get("threads", "?"),
        batch=protocol.get("batch", "?"),
        dtype=protocol.get("dtype", "?"),
    )
    cpu = str(machine.get("cpu"))
    blocks: list[Block] = [Text(t("report_compare_latency.about", cpu=cpu, protocol=how))]
    if len(tables) < len(subject.costs):
        some = {"measured": len(tables), "all": len(subject.costs)}
        blocks.append(Text(t("report_compare_latency.some", **some)))
    for runtime, timed in runtimes.items():
        blocks += [Heading(runtime)] if len(runtimes) > 1 else []
        blocks += _runtime(subject, runtime, timed)
    return Section("latency", t("report_compare_latency.title"), blocks)


def _runtime(subject: Subject, runtime: str, timed: list[Timed]) -> list[Block]:
    t = subject.t
    blocks: list[Block] = [_whole(subject, timed)]
    if len(timed) > 1:
        first = timed[0][0].net.title
        picture = time_against_madds([(cost, run) for cost, _, run in timed])
        shares = t("table.semicolon").join(
            t(
                "report_compare_latency.shares",
                net=cost.net.title,
                time=format_percent(
                    percent(run.latency_ms.median, timed[0][2].latency_ms.median), 0
                ),
                madds=format_percent(percent(cost.madds, timed[0][0].madds), 0),
            )
            for cost, _, run in timed[1:]
            if timed[0][0].madds
        )
        caption = t("report_compare_latency.picture", first=first)
        alt = t("report_compare_latency.alt", first=first, shares=shares)
        blocks.append(picture_block(picture, caption, alt, 0.85, 1.1 + 0.42 * len(timed)))
    if all(run.layers for _, _, run in timed):
        blocks.append(_by_op(subject, runtime, timed))
    return blocks


def _whole(subject: Subject, timed: list[Timed]) -> TableBlock:
    t = subject.t
    columns = [
        Column(t("table.net")),
        Column(t("report_compare_latency.median"), numeric=True),
        Column(t("compared.difference"), numeric=True),
        Column(t("report_compare_latency.range"), numeric=True),
        Column(t("report_compare_latency.closure"), numeric=True),
        Column(t("table.madds"), numeric=True),
        Column(t("report_compare_latency.speed"), numeric=True),
    ]
    first = timed[0][2].latency_ms.median
    rows = []
    for index, (cost, table, run) in enumerate(timed):
        ms = run.latency_ms
        difference = (
            format_signed_percent(percent_change(first, ms.median), 1) if index and first else ""
        )
        closure = format_signed_percent(run.closure_percent)
        images = cost.madds * int(table.protocol.get("batch", 1)) / cost.batch
        rows.append(
            [
                Cell(cost.net.title),
                Cell(format_ms(ms.median)),
                Cell(difference),
                Cell(f"{format_ms(ms.p10)} – {format_ms(ms.p90)}"),
                Cell(closure),
                Cell(format_count(cost.madds)),
                Cell(format_fixed(images / ms.median / 1e6, 1) if ms.median else ""),
            ]
        )
    caption = t("report_compare_latency.caption", first=timed[0][0].net.title)
    return TableBlock(caption, columns, rows)


def _by_op(subject: Subject, runtime: str, timed: list[Timed]) -> TableBlock:
    t = subject.t
    found = [
        {
            record["op"]: record
            for record in OpLatencyTable(run, cost, int(table.protocol.get("batch", 1))).records()
        }
        for cost, table, run in timed
    ]
    slowest = {op: max(own[op]["ms"] for own in found if op in own) for own in found for op in own}
    columns = [Column(t("table.op"))]
    for cost, _, _ in timed:
        columns += [
            Column(cost.net.title, numeric=True),
            Column(t("table.share"), numeric=True),
        ]
    rows = []
    for op in sorted(slowest, key=lambda op: -slowest[op]):
        cells = [Cell(op)]
        for own in found:
            record = own.get(op)
            if record is None:
                cells += [Cell(""), Cell("")]
                continue
            share = record["time_share"]
            cells += [
                Cell(format_ms(record["ms"])),
                Cell(format_percent(share, 1), share=share / 100),
            ]
        rows.append(cells)
    foot = [Cell(t("table.total"))]
    for _, _, run in timed:
        foot += [Cell(format_ms(run.sum_of_layers_ms or 0.0), strong=True), Cell("")]
    caption = t("report_compare_latency.by_op", runtime=runtime)
    return TableBlock(caption, columns, rows, [foot], dense=len(columns) > 7)


SECTION = SectionKind("compare_latency", {"comparison": 60}, make)
