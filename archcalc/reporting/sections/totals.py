"""The headline figures of one net, each beside what the paper prints."""

from __future__ import annotations

from archcalc.reporting.document import Section, Text, Tile, Tiles
from archcalc.reporting.sections import SectionKind
from archcalc.reporting.subject import Subject
from archcalc.units import format_bytes, format_count, format_exact


def make(subject: Subject) -> Section:
    """Return MAdds, parameters, FLOPs and bytes, and under which convention they are counted."""
    t, cost = subject.t, subject.cost
    totals = cost.totals
    tiles = [
        Tile(format_count(cost.madds), t("report.madds"), format_exact(cost.madds)),
        Tile(format_count(cost.params), t("report.params"), format_exact(cost.params)),
        Tile(format_count(totals["flops"]), t("report.flops"), t("report.flops_are")),
        *(
            Tile(format_bytes(totals[name]), t(f"report.{name}"), format_exact(totals[name]))
            for name in ("weight_bytes", "activation_bytes", "peak_memory_bytes")
        ),
    ]
    stated = Text(f"{cost.convention.name}: {cost.convention.about}")
    return Section("totals", t("report.totals"), [Tiles(tiles), stated])


SECTION = SectionKind("totals", {"net": 10}, make)
