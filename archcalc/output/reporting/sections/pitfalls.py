"""What is easily misread in the net's paper, counted under both readings."""

from __future__ import annotations

from archcalc.base.document import Section, Text
from archcalc.cost.claims.explain import explain
from archcalc.output.present.explain import remark_blocks
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return the remarks, and a reference to the chapter of printed figures."""
    t = subject.t
    # printed figures have a chapter of their own
    blocks = list(remark_blocks(t, explain(subject.net.spec.as_filed), claims=False))
    if not blocks:
        return None
    if subject.claims.results:
        title = t("report_claims.title")
        blocks.append(Text(t("report_pitfalls.verdicts", title=title)))
    return Section("pitfalls", t("report_pitfalls.title"), blocks)


SECTION = SectionKind("pitfalls", {"net": 85}, make)
