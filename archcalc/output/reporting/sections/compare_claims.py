"""Printed tables with rows of several of the compared nets."""

from __future__ import annotations

from archcalc.base.document import Block, Note, Section, Text
from archcalc.cost.claims.judge import claims_of
from archcalc.cost.claims.results import ClaimGroup, grouped
from archcalc.output.present.claims import claim_table
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return the tables with rows of at least two of the nets; None where there is none."""
    t = subject.t
    shared = shared_groups(subject)
    if not shared:
        return None
    blocks: list[Block] = [Text(t("report_compare_claims.about"))]
    for group in shared:
        blocks.append(claim_table(t, group))
        if len({one.convention for one in group.results if one.is_counted}) > 1:
            blocks.append(Note(t("report_compare_claims.mixed")))
    return Section("claims", t("report_compare_claims.title"), blocks)


def shared_groups(subject: Subject) -> list[ClaimGroup]:
    """Return the printed rows of the compared nets by table, for tables with several."""
    own = {net.title: claims_of(net) for net in subject.nets}
    groups = grouped([one for results in own.values() for one in results])
    return [
        group
        for group in groups
        if sum(any(one in results for one in group.results) for results in own.values()) > 1
    ]


SECTION = SectionKind("compare_claims", {"comparison": 70}, make)
