"""Layers summed by operator and kernel, as a table and as bars."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.cost.counting.table import GroupedTable
from archcalc.output.charts import by_op
from archcalc.output.present.costs import cost_cells, cost_columns, total_cells
from archcalc.output.present.words import quantity_words
from archcalc.output.reporting.figures import share_picture
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the costs of the layer types, and a picture of the shares."""
    t, cost = subject.t, subject.cost
    grouped = cost.by("op")
    records = sorted(grouped.records(), key=lambda one: (-one["madds"], -one["params"]))
    notes = _printed_shares(t, grouped)
    numbers = {op: tuple(i for i, (own, _) in enumerate(notes, 1) if own == op) for op, _ in notes}
    table = TableBlock(
        caption=t("report_by_type.caption"),
        columns=[
            Column(t("table.op")),
            Column(t("table.layers"), numeric=True),
            *cost_columns(t),
        ],
        rows=[
            [
                Cell(record["key"], marks=numbers.get(record["key"], ())),
                Cell(str(record["layers"])),
                *cost_cells(record),
            ]
            for record in records
        ],
        foot=[[Cell(t("table.total")), Cell(str(len(cost.layers))), *total_cells(cost)]],
        notes=[text for _, text in notes],
    )
    blocks: list[Block] = [table]
    if cost.madds or cost.params:
        names = {record["key"]: record["key"] for record in records}
        blocks.append(share_picture(t, "report_by_type", by_op(cost), grouped, names))
    return Section("by-type", t("report_by_type.title"), blocks)


def _printed_shares(t: Messages, grouped: GroupedTable) -> list[tuple[str, str]]:
    """Return (operator, note) for each printed share with an erratum."""
    return [
        (
            one.row,
            t(
                "report_by_type.printed_share",
                printed=one.printed,
                quantity=quantity_words(t, f"{one.quantity}_share"),
                why=one.why,
            ),
        )
        for one in grouped.share_errata()
    ]


SECTION = SectionKind("by_type", {"net": 30}, make)
