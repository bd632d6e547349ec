"""Figures of other papers and READMEs for the same networks."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.output.present.claims import claim_table
from archcalc.output.reporting.lecture import is_shown
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return every table of claims outside the lecture; None without any."""
    t = subject.t
    groups = [group for group in subject.claims.groups if not is_shown(group.table)]
    if not groups:
        return None
    blocks: list[Block] = [Text(t("report_lecture_further.about"))]
    blocks += [claim_table(t, group) for group in groups]
    return Section("further", t("report_lecture_further.title"), blocks)


SECTION = SectionKind("lecture_further", {"lecture": 110}, make)
