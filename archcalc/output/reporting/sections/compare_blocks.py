"""Each net against the first, block by block."""

from __future__ import annotations

from collections import Counter

from archcalc.base.document import Block, Heading, Section, Text
from archcalc.base.messages import Messages
from archcalc.cost.counting.diff import STATUSES, DiffTable, diff
from archcalc.output.present.diff import blocks_table, changes
from archcalc.output.reporting.command import diff_command
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

MOST = 250
"""Maximum rows of a table."""


def make(subject: Subject) -> Section:
    """Return a table of aligned blocks for each net after the first."""
    t = subject.t
    blocks: list[Block] = [Text(t("report_compare_blocks.about"))]
    for other in subject.costs[1:]:
        table = diff(subject.cost, other)
        names = {"a": table.a.net.title, "b": table.b.net.title}
        blocks.append(Heading(t("report_compare_blocks.pair", **names)))
        blocks.append(Text(_summary(t, table)))
        if len(table.pairs) <= MOST:
            convention = table.a.convention.name
            caption = t("report_compare_blocks.caption", **names, convention=convention)
            blocks.append(blocks_table(t, table, caption))
        else:
            command = diff_command(table.a, table.b)
            blocks.append(Text(t("report_compare_blocks.left_out", command=command)))
    return Section("blocks", t("report_compare_blocks.title"), blocks, new_page=True)


def _summary(t: Messages, table: DiffTable) -> str:
    """Return the number of blocks by status, and the layers that changed ones gain and lose."""
    found = Counter[str](pair.status for pair in table.pairs)
    counts = t("report_compare_blocks.counts", **{name: found[name] for name in STATUSES})
    return " ".join([counts, t("table.semicolon").join(changes(t, table))]).strip()


SECTION = SectionKind("compare_blocks", {"comparison": 50}, make)
