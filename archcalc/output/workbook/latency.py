"""The sheet of measured latencies, with machine and protocol."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.models.latency import LatencyTable
from archcalc.output.workbook.book import Sheet

HEADS = ("runtime", "ids", "op", "median_ms", "p10_ms", "p90_ms", "share_percent")


def write_latency(sheet: Sheet, latency: LatencyTable) -> None:
    """Write the layers of every runtime, then whole nets, machine and protocol."""
    sheet.head(0, HEADS, numbers=HEADS[3:])
    sheet.widths(16, 48, 18, 13, 13, 13, 15)
    row = 1
    for run in latency.runs:
        for layer in run.layers:
            sheet.text(row, 0, run.runtime)
            sheet.text(row, 1, " + ".join(layer.ids))
            sheet.text(row, 2, layer.op)
            for column, number in enumerate(
                (layer.median_ms, layer.p10_ms, layer.p90_ms, layer.share_percent), start=3
            ):
                sheet.number(row, column, number, "ms")
            row += 1
    sheet.writer.autofilter(0, 0, max(1, row - 1), len(HEADS) - 1)
    row += 1
    for run in latency.runs:
        figures: Sequence[tuple[str, float | None]] = (
            ("median of the whole net, ms", run.latency_ms.median),
            ("sum of the layers, ms", run.sum_of_layers_ms),
            ("end to end on the layers' clock, ms", run.end_to_end_ms),
            ("closure, %", run.closure_percent),
        )
        for name, figure in figures:
            sheet.text(row, 0, run.runtime)
            sheet.text(row, 1, name)
            sheet.number(row, 3, figure, "ms")
            row += 1
    row += 1
    for note in latency.notes():
        sheet.text(row, 0, note, "soft")
        row += 1
    for part in (latency.machine, latency.protocol):
        for name, value in part.items():
            sheet.text(row, 0, name, "soft")
            sheet.text(row, 1, value, "soft")
            row += 1
    sheet.text(row, 0, "Measured values: they do not follow the cells of sheet Inputs.", "soft")
