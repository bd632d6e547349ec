"""Costs by type of layer, the nets side by side."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.base.units import format_percent
from archcalc.cost.counting.across import AcrossTable, across
from archcalc.output.charts import shares_by_net
from archcalc.output.present.across import across_table
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return shares as bars, and MAdds and parameters of each type in each net."""
    t = subject.t
    table = across(subject.costs, "op")
    blocks: list[Block] = [Text(t("report_compare_types.about"))]
    if any(cost.madds or cost.params for cost in subject.costs):
        alt = t("report_compare_types.alt", shares=_shares(subject, table))
        picture = shares_by_net(table)
        blocks.append(picture_block(picture, t("report_compare_types.picture"), alt, 0.85))
    for quantity in ("madds", "params"):
        caption = t(f"report_compare_types.{quantity}")
        blocks.append(across_table(t, table, quantity, caption, t("table.op")))
    return Section("by-type", t("report_compare_types.title"), blocks)


def _shares(subject: Subject, table: AcrossTable) -> str:
    t = subject.t
    most: dict[str, tuple[float, str]] = {}
    for record in table.records():
        share = record["madds_share"] or 0.0
        most[record["net"]] = max(most.get(record["net"], (0.0, "")), (share, record["key"]))
    return t("table.semicolon").join(
        t("report_compare_types.shares", net=net, share=format_percent(share, 1), op=op)
        for net, (share, op) in most.items()
        if op
    )


SECTION = SectionKind("compare_types", {"comparison": 30}, make)
