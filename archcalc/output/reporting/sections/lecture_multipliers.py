"""Width multiplier and resolution: the lecture's two tables, the family as curves and points."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.base.units import format_count
from archcalc.cost.scaling.sweeping import sweep
from archcalc.cost.scaling.usual import usual_resolutions, usual_widths
from archcalc.output.charts import accuracy, cost_by_width
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.lecture import net_of, table_blocks
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.budgets.compared import published_variants


def make(subject: Subject) -> Section | None:
    """Return both tables and pictures of the whole family; None without MobileNet V1."""
    t = subject.t
    own = net_of(subject, "mobilenet_v1")
    if own is None:
        return None
    spec, sides = own.net.spec, usual_resolutions(own.net)
    grid = sweep(spec, widths=usual_widths(own.net), resolutions=sides)
    madds = [record["madds"] for record in grid.records()]
    curves_alt = t(
        "report_lecture_multipliers.curves_alt",
        net=spec.title,
        count=len(sides),
        least=format_count(min(madds)),
        most=format_count(max(madds)),
    )
    curves = t("report_lecture_multipliers.curves", net=spec.title)
    blocks: list[Block] = [
        Text(t("report_lecture_multipliers.about")),
        *table_blocks(subject, "V1 table 6", "V1 table 7"),
        picture_block(cost_by_width(grid), curves, curves_alt, 0.8, 3.4),
    ]
    variants = published_variants([own.net])
    if variants:
        words = {"net": spec.title, "count": len(variants)}
        caption = t("report_lecture_multipliers.accuracy", net=spec.title)
        alt = t("report_lecture_multipliers.accuracy_alt", **words)
        blocks.append(picture_block(accuracy(variants), caption, alt, 0.8, 3.4))
    return Section("multipliers", t("report_lecture_multipliers.title"), blocks)


SECTION = SectionKind("lecture_multipliers", {"lecture": 50}, make)
