"""Costs by type of layer and by the size of the maps, the nets side by side."""

from __future__ import annotations

from functools import partial
from typing import Literal

from archcalc.base.document import Block, Section, Text
from archcalc.base.units import format_percent
from archcalc.cost.counting.across import AcrossTable, across
from archcalc.output.charts import shares_by_net, shares_by_size
from archcalc.output.present.across import across_table
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject, by: Literal["op", "size"], area: str) -> Section:
    """Return shares as bars, and MAdds and parameters of each group in each net.

    ``by``: "op" or "size"; ``area``: the chapter's messages.
    """
    t, table = subject.t, across(subject.costs, by)
    blocks: list[Block] = [Text(t(f"{area}.about"))]
    if any(cost.madds or (by == "op" and cost.params) for cost in subject.costs):
        alt = t(f"{area}.alt", shares=_shares(subject, table, area))
        picture, height = (
            (shares_by_net(table), None) if by == "op" else (shares_by_size(table), 3.3)
        )
        blocks.append(picture_block(picture, t(f"{area}.picture"), alt, 0.85, height))
    head = t("table.op" if by == "op" else "sums.maps")
    blocks += [
        across_table(t, table, "madds", t(f"{area}.madds"), head),
        across_table(t, table, "params", t(f"{area}.params"), head),
    ]
    return Section("by-type" if by == "op" else "by-size", t(f"{area}.title"), blocks)


def _shares(subject: Subject, table: AcrossTable, area: str) -> str:
    """Name the group of each net that has the most MAdds."""
    t, shares = subject.t, []
    for cost in subject.costs:
        own = [one for one in table.records() if one["net"] == cost.net.title]
        most = max(own, key=lambda one: one["madds"])
        share = format_percent(most["madds_share"] or 0, 1)
        shares.append(t(f"{area}.shares", net=cost.net.title, share=share, group=most["key"]))
    return t("table.semicolon").join(shares)


SECTIONS = (
    SectionKind(
        "compare_types",
        {"comparison": 30},
        partial(make, by="op", area="report_compare_types"),
    ),
    SectionKind(
        "compare_stages",
        {"comparison": 40},
        partial(make, by="size", area="report_compare_stages"),
    ),
)
