"""MobileNet V2's table of layers with what each row costs."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.output.reporting.lecture import net_of
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.sections.printed_table import table_of
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return the printed table; None without MobileNet V2."""
    own = net_of(subject, "mobilenet_v2")
    if own is None:
        return None
    t = subject.t
    blocks: list[Block] = [Text(t("report_lecture_v2_network.about")), table_of(own)]
    return Section("v2-network", t("report_lecture_v2_network.title"), blocks)


SECTION = SectionKind("lecture_v2_network", {"lecture": 70}, make)
