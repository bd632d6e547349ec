"""Layers summed by operator and kernel, and by stage: tables, and bars of the shares."""

from __future__ import annotations

from archcalc.base.document import Block, Section
from archcalc.output.charts import by_op, by_stage
from archcalc.output.present.sums import stage_names, stages_table, types_table
from archcalc.output.reporting.figures import share_picture
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def by_type(subject: Subject) -> Section:
    """Return the costs of the layer types, and a picture of the shares."""
    t, cost = subject.t, subject.cost
    grouped = cost.by("op")
    blocks: list[Block] = [types_table(t, grouped, caption=t("report_by_type.caption"))]
    if cost.madds or cost.params:
        names = {key: key for key in grouped.groups}
        blocks.append(share_picture(t, "report_by_type", by_op(cost), grouped, names))
    return Section("by-type", t("report_by_type.title"), blocks)


def of_stages(subject: Subject) -> Section:
    """Return the costs of the stages, and a picture of the shares."""
    t, cost = subject.t, subject.cost
    grouped = cost.by("stage")
    names = stage_names(t, grouped)
    table = stages_table(t, grouped, names, caption=t("report_by_stage.caption"))
    picture = share_picture(t, "report_by_stage", by_stage(cost), grouped, names)
    return Section("by-stage", t("report_by_stage.title"), [table, picture])


SECTIONS = (
    SectionKind("by_type", {"net": 30}, by_type),
    SectionKind("by_stage", {"net": 35}, of_stages),
)
