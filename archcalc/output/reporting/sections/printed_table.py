"""The paper's table as printed, errata marked, with the costs of its rows."""

from __future__ import annotations

from archcalc.base.document import Block, Section, TableBlock, Text
from archcalc.base.names import size_text
from archcalc.language.spec.paper_table import paper_table
from archcalc.output.present.printed import definitions, rows_table
from archcalc.output.present.words import paper_table_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the table with its costs, and the blocks that the spec defines."""
    t, spec = subject.t, subject.net.spec
    printed = paper_table(spec)
    blocks: list[Block] = []
    if spec.head.note:
        blocks.append(Text(spec.head.note))
    asserted = sum(len(row.asserted) for row in printed.rows)
    if asserted:
        text = t("report_printed_table.asserted", number=asserted, size=size_text(spec.input))
        blocks.append(Text(text))
    blocks += [table_of(subject), *definitions(t, printed)]
    return Section("printed-table", t("report_printed_table.title"), blocks)


def table_of(subject: Subject) -> TableBlock:
    """Return the rows of the net's table as printed, with their costs."""
    t, cost, spec = subject.t, subject.cost, subject.net.spec
    place = paper_table_words(t, spec.paper) if spec.paper else ""
    caption = t(
        f"report_printed_table.{'caption_in' if place else 'caption'}",
        name=spec.title,
        place=place,
        net=cost.net.title,
        convention=cost.convention.name,
    )
    return rows_table(t, paper_table(spec), caption=caption, costs=cost)


SECTION = SectionKind("printed_table", {"net": 20}, make)
