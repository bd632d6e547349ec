"""What a measurement can be taken away as: its tables, and the net's files with it."""

from __future__ import annotations

from dashboard.app_pages.latency.data_latency import Measured
from dashboard.kit.downloads import Download, of_reports, of_table, of_workbook


def files_of(measured: Measured, language: str) -> list[Download]:
    """Return the net's report and workbook with what was measured of it, and that by itself."""
    table, cost = measured.table, measured.cost
    stem = f"{cost.net.title} latency"
    own = of_table(table, stem, "dashboard_latency.file_measured")
    if measured.run.layers:
        name = f"{stem} by operator {measured.run.runtime}"
        own += of_table(measured.by_op, name, "dashboard_latency.file_by_op")
    return [
        *of_reports([cost], f"{cost.net.title} report with latency", language, [table]),
        of_workbook(cost, table),
        *own,
    ]
