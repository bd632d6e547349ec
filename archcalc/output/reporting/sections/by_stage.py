"""Layers summed by stage, as a table and as bars."""

from __future__ import annotations

from archcalc.base.document import Cell, Column, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.cost.counting.layer import LayerCost
from archcalc.output.charts import by_stage
from archcalc.output.present.costs import cost_cells, cost_columns, total_cells
from archcalc.output.reporting.figures import share_picture
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the costs of the stages, and a picture of the shares."""
    t, cost = subject.t, subject.cost
    grouped = cost.by("stage")
    names = {
        key: t("report_by_stage.stage", number=key.removeprefix("stage_")) for key in grouped.groups
    }
    rows = []
    for record, layers in zip(grouped.records(), grouped.groups.values(), strict=True):
        _, height, width = layers[-1].output
        rows.append(
            [
                Cell(names[record["key"]]),
                Cell(sides_text(height, width)),
                Cell(_rows(t, layers)),
                Cell(str(record["layers"])),
                *cost_cells(record),
            ]
        )
    total = [Cell(t("table.total")), Cell(""), Cell(""), Cell(str(len(cost.layers)))]
    table = TableBlock(
        caption=t("report_by_stage.caption"),
        columns=[
            Column(t("table.stage")),
            Column(t("report_by_stage.maps")),
            Column(t("report_by_stage.rows")),
            Column(t("table.layers"), numeric=True),
            *cost_columns(t),
        ],
        rows=rows,
        foot=[[*total, *total_cells(cost)]],
    )
    picture = share_picture(t, "report_by_stage", by_stage(cost), grouped, names)
    return Section("by-stage", t("report_by_stage.title"), [table, picture])


def _rows(t: Messages, layers: tuple[LayerCost, ...]) -> str:
    """Name the first row of a stage, and the last where it is another."""
    first, last = layers[0].node.row_id, layers[-1].node.row_id
    return first if first == last else t("report_by_stage.to", first=first, last=last)


SECTION = SectionKind("by_stage", {"net": 35}, make)
