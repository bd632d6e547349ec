"""MobileNet V3's two tables of layers with what each row costs."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.output.reporting.lecture import net_of
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.sections.printed_table import table_of
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return the printed tables; None without a MobileNet V3."""
    nets = [net_of(subject, f"mobilenet_v3_{size}") for size in ("large", "small")]
    found = [one for one in nets if one is not None]
    if not found:
        return None
    t = subject.t
    blocks: list[Block] = [Text(t("report_lecture_v3_networks.about")), *map(table_of, found)]
    return Section("v3-networks", t("report_lecture_v3_networks.title"), blocks)


SECTION = SectionKind("lecture_v3_networks", {"lecture": 90}, make)
