"""The sheet About: convention, rules, sources, errata."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc._version import __version__
from archcalc.base.names import paper_place, size_text
from archcalc.base.units import format_decimal
from archcalc.cost.counting.table import CostTable
from archcalc.output.workbook.book import Sheet


def write_about(sheet: Sheet, table: CostTable) -> None:
    """Write names and texts, one pair a row."""
    sheet.widths(24, 110)
    sheet.text(0, 0, "About this workbook", "title")
    for row, (name, text) in enumerate(_facts(table), start=2):
        sheet.text(row, 0, name, "wrap")
        sheet.text(row, 1, text, "wrap")


def _facts(table: CostTable) -> Iterator[tuple[str, str]]:
    net, convention = table.net, table.convention
    yield "net", net.title
    paper = net.spec.paper
    if paper is not None:
        yield (
            "source",
            " ".join(filter(None, (paper.title, paper_place(paper.arxiv)))),
        )
    yield (
        "written for",
        f"{size_text(net.input_shape)}, width {format_decimal(net.width)}, prune {net.prune}",
    )
    yield "convention", f"{convention.name}: {convention.about}"
    yield "multiply-add", "one multiplication and one addition; FLOPs are twice as many"
    rounding = net.graph.rounding
    if rounding is None:
        yield "width rule", "none stated: the net has no width multiplier"
    elif rounding.method == "truncate":
        yield "width rule", f"channels × width, rounded down, never below {rounding.min}"
    else:
        nearest = "channels × width, to the nearest multiple of divisor"
        yield "width rule", f"{nearest}, never below 90 % of it, nor below {rounding.min}"
    cut = f"max(d, d · ⌊(C (1 − r) + d/2) / d⌋), never above C, for d = {net.multiple}"
    yield "pruning", f"after width: {cut}; squeezes follow their own rule unless cut themselves"
    yield "exactness", "width and ratios count to four decimals, as integers of 1/10,000"
    yield (
        "formulas",
        "all sheets follow the yellow cells, but for Claims, Sweep and Latency: those are values",
    )
    yield "live_bytes", "activations alive while the layer runs; its maximum is the peak memory"
    for row, text in net.graph.errata.items():
        yield f"erratum, {row}", text
    yield "made by", f"archcalc {__version__}"
