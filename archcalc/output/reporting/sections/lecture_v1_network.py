"""MobileNet V1's table of layers with what each row costs, and the unit that it repeats."""

from __future__ import annotations

from archcalc.base.document import Block, Note, Section, Text
from archcalc.output.drawing import block_kinds, draw
from archcalc.output.reporting.drawings import drawn
from archcalc.output.reporting.lecture import net_of, table_blocks
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.sections.printed_table import table_of
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the unit drawn, the printed table, and where its costs lie."""
    t = subject.t
    own = net_of(subject, "mobilenet_v1")
    title = t("report_lecture_v1_network.title")
    if own is None:
        return Section("v1-network", title, [Note(t("report_lecture.no_net", net="mobilenet_v1"))])
    [unit, *_] = block_kinds(own.net)
    blocks: list[Block] = [Text(t("report_lecture_v1_network.about", number=len(unit.blocks)))]
    caption = t("report_lecture_v1_network.unit", block=unit.block)
    figure = drawn(draw(own.net, block=unit.block), (caption, caption), 0.5)
    blocks += [figure] if figure else []
    blocks.append(table_of(own))
    blocks += table_blocks(subject, "V1 table 2")
    return Section("v1-network", title, blocks)


SECTION = SectionKind("lecture_v1_network", {"lecture": 40}, make)
