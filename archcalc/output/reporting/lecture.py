"""Common to the lecture's chapters: its tables and networks, in order."""

from __future__ import annotations

from dataclasses import replace

from archcalc.base.document import Block, Heading, Section, Text
from archcalc.base.messages import Messages
from archcalc.cost.claims.printed import PrintedTable, printed_tables
from archcalc.cost.claims.results import ClaimGroup
from archcalc.output.present.claims import claim_table
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

PAPERS = ("V1", "V2", "V3")
"""The papers whose tables the lecture shows, as their printed tables are named."""

LAYER_TABLES = ("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small")
"""The networks whose tables of layers the lecture shows."""


def is_shown(table: PrintedTable) -> bool:
    """Return whether the lecture shows a table."""
    return table.name in printed_tables() and table.name.split()[0] in PAPERS


def shown_groups(subject: Subject) -> list[ClaimGroup]:
    """Return the lecture's tables with the claims of the report's nets, in the papers' order."""
    return [group for group in subject.claims.groups if is_shown(group.table)]


def key_of(table: PrintedTable) -> str:
    """Return the key of a table's messages.

    >>> key_of(printed_tables()["V1 table 13"])
    'v1_13'
    """
    paper, _, number = table.name.partition(" table ")
    return f"{paper.lower()}_{number}"


def about_words(t: Messages, table: PrintedTable) -> str:
    """Return the subject of a table of the lecture."""
    return t(f"report_lecture.about_{key_of(table)}")


def table_blocks(subject: Subject, *names: str) -> list[Block]:
    """Return tables by name: heading, remarks, printed and computed figures.

    A table without a claim of the report's nets is left out.
    """
    t = subject.t
    groups = {group.table.name: group for group in shown_groups(subject)}
    blocks: list[Block] = []
    for name in names:
        if name in groups:
            group = groups[name]
            blocks.append(Heading(about_words(t, group.table)))
            blocks.append(Text(t(f"report_lecture.see_{key_of(group.table)}")))
            blocks.append(claim_table(t, group))
    return blocks


def tables_chapter(name: str, place: int, *tables: str) -> SectionKind:
    """Return a chapter of some of the lecture's tables, those with claims of the nets."""

    def make(subject: Subject) -> Section | None:
        blocks = table_blocks(subject, *tables)
        anchor = name.removeprefix("lecture_").replace("_", "-")
        return Section(anchor, subject.t(f"report_{name}.title"), blocks) if blocks else None

    return SectionKind(name, {"lecture": place}, make)


def net_of(subject: Subject, name: str) -> Subject | None:
    """Return the report on one of its nets, by the spec's name; None without that net."""
    own = [net for net in subject.nets if net.name == name]
    return replace(subject, kind="net", nets=own[:1]) if own else None
