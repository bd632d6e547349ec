"""Several nets side by side: headline figures, and the table of totals."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.output.present.compared import tiles, totals_table
from archcalc.output.present.words import convention_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.budgets.compared import compare

_TILES = 6
"""Maximum number of nets with headline figures."""


def make(subject: Subject) -> Section:
    """Return headline figures of a few nets, and the table of all."""
    t, table = subject.t, compare(subject.costs)
    records = table.records()
    blocks: list[Block] = [tiles(t, table)] if len(records) <= _TILES else []
    convention = subject.cost.convention
    about = convention_words(t, convention)
    key, first = "report_compare_totals.about", records[0]["net"]
    blocks.append(Text(t(key, convention=convention.name, about=about, first=first)))
    known = any(record["top1"] is not None for record in records)
    blocks.append(Text(t(f"report_compare_totals.{'accuracy' if known else 'no_accuracy'}")))
    blocks.append(totals_table(t, table))
    return Section("totals", t("report_compare_totals.title"), blocks)


SECTION = SectionKind("compare_totals", {"comparison": 10}, make)
