"""Costs by the size of the maps, the nets side by side."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.base.units import format_percent
from archcalc.cost.counting.across import AcrossTable, across
from archcalc.output.charts import shares_by_size
from archcalc.output.present.across import across_table
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return shares of MAdds as bars, and MAdds and parameters at each size in each net."""
    t = subject.t
    table = across(subject.costs, "size")
    blocks: list[Block] = [Text(t("report_compare_stages.about"))]
    if any(cost.madds for cost in subject.costs):
        alt = t("report_compare_stages.alt", shares=_shares(subject, table))
        picture = shares_by_size(table)
        blocks.append(picture_block(picture, t("report_compare_stages.picture"), alt, 0.85, 3.3))
    for quantity in ("madds", "params"):
        caption = t(f"report_compare_stages.{quantity}")
        maps = t("report_compare_stages.maps")
        blocks.append(across_table(t, table, quantity, caption, maps))
    return Section("by-size", t("report_compare_stages.title"), blocks)


def _shares(subject: Subject, table: AcrossTable) -> str:
    t = subject.t
    shares = []
    for cost in subject.costs:
        own = [one for one in table.records() if one["net"] == cost.net.title]
        most = max(own, key=lambda one: one["madds"])
        share = format_percent(most["madds_share"] or 0, 1)
        key = "report_compare_stages.shares"
        shares.append(t(key, net=cost.net.title, share=share, size=most["key"]))
    return t("table.semicolon").join(shares)


SECTION = SectionKind("compare_stages", {"comparison": 40}, make)
