"""Every layer with its cost; long nets by block."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.cost.counting.table import CostTable, GroupedTable
from archcalc.output.present.costs import groups_table, layers_table
from archcalc.output.reporting.command import count_command
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

MOST = 400
"""Maximum rows; longer tables are summed by block, row or stage."""


def make(subject: Subject) -> Section:
    """Return the layers in execution order, with totals below."""
    t, cost = subject.t, subject.cost
    grouped = _readable(cost)
    blocks: list[Block] = []
    if grouped.key != "layer":
        summed = t(
            "report_layers.summed",
            layers=len(cost.layers),
            key=t(f"table.{grouped.key}"),
            command=count_command(cost),
        )
        blocks.append(Text(summed))
    caption = t(f"report_layers.caption_{grouped.key}", net=cost.title)
    if grouped.key == "layer":
        blocks.append(layers_table(t, cost, caption=caption))
    else:
        blocks.append(groups_table(t, grouped, caption=caption))
    return Section("layers", t("report_layers.title"), blocks)


def _readable(cost: CostTable) -> GroupedTable:
    """Return the finest sums within the maximum of rows."""
    tables = [cost.by(key) for key in ("layer", "block", "row", "stage")]
    return next((table for table in tables if len(table.groups) <= MOST), tables[-1])


SECTION = SectionKind("layers", {"net": 60}, make)
