"""Chapters of printed tables alone: the papers' comparisons, and tables outside the lecture."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.output.present.claims import claim_table
from archcalc.output.reporting.lecture import is_shown, tables_chapter
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def further(subject: Subject) -> Section | None:
    """Return every table of claims outside the lecture; None without any."""
    t = subject.t
    groups = [group for group in subject.claims.groups if not is_shown(group.table)]
    if not groups:
        return None
    blocks: list[Block] = [Text(t("report_lecture_further.about"))]
    blocks += [claim_table(t, group) for group in groups]
    return Section("further", t("report_lecture_further.title"), blocks)


SECTIONS = (
    tables_chapter("lecture_v1_tables", 45, "V1 table 4", "V1 table 8"),
    tables_chapter("lecture_v1_detection", 55, "V1 table 13"),
    tables_chapter("lecture_v2_tables", 75, "V2 table 4", "V2 table 6"),
    tables_chapter("lecture_v3_tables", 95, "V3 table 3"),
    SectionKind("lecture_further", {"lecture": 110}, further),
)
