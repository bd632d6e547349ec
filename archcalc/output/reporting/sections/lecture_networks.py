"""The MobileNets' tables of layers with the costs of the rows: one chapter per paper."""

from __future__ import annotations

from archcalc.base.document import Block, Note, Section, Text
from archcalc.output.drawing import block_kinds, draw
from archcalc.output.reporting.drawings import drawn
from archcalc.output.reporting.lecture import net_of, table_blocks
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.sections.printed_table import table_of
from archcalc.output.reporting.subject import Subject


def _v1(subject: Subject) -> Section:
    """Return the drawn unit, the printed table, and the costs by layer type."""
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


def _v2(subject: Subject) -> Section | None:
    """Return the printed table; None without MobileNet V2."""
    own = net_of(subject, "mobilenet_v2")
    if own is None:
        return None
    t = subject.t
    blocks: list[Block] = [Text(t("report_lecture_v2_network.about")), table_of(own)]
    return Section("v2-network", t("report_lecture_v2_network.title"), blocks)


def _v3(subject: Subject) -> Section | None:
    """Return the printed tables; None without a MobileNet V3."""
    nets = [net_of(subject, f"mobilenet_v3_{size}") for size in ("large", "small")]
    found = [one for one in nets if one is not None]
    if not found:
        return None
    t = subject.t
    blocks: list[Block] = [Text(t("report_lecture_v3_networks.about")), *map(table_of, found)]
    return Section("v3-networks", t("report_lecture_v3_networks.title"), blocks)


SECTIONS = (
    SectionKind("lecture_v1_network", {"lecture": 40}, _v1),
    SectionKind("lecture_v2_network", {"lecture": 70}, _v2),
    SectionKind("lecture_v3_networks", {"lecture": 90}, _v3),
)
