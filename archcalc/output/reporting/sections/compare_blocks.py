"""Each net against the first, block by block."""

from __future__ import annotations

from collections import Counter

from archcalc.base.document import (
    Block,
    Cell,
    Column,
    Heading,
    Section,
    TableBlock,
    Text,
)
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_exact
from archcalc.cost.counting.diff import STATUSES, DiffTable, diff
from archcalc.output.reporting.command import diff_command
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

MOST = 250
"""Rows of a table that a reader turns over."""
_TOLD = 4
"""Kinds of change that are summed up in words."""


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
            blocks.append(_table(t, table))
        else:
            command = diff_command(table.a, table.b)
            blocks.append(Text(t("report_compare_blocks.left_out", command=command)))
    return Section("blocks", t("report_compare_blocks.title"), blocks, new_page=True)


def _summary(t: Messages, table: DiffTable) -> str:
    """Say how many blocks have each status, and what changed ones gain and lose where it is few."""
    statuses = Counter[str](pair.status for pair in table.pairs)
    text = t("report_compare_blocks.counts", **{name: statuses[name] for name in STATUSES})
    if len(table.changes) > _TOLD:
        return text
    told = [
        t("report_compare_blocks.changes", change=change, number=number)
        for change, number in table.changes.items()
    ]
    return " ".join([text, t("report.semicolon").join(told)]).strip()


def _table(t: Messages, table: DiffTable) -> TableBlock:
    columns = [
        Column(t("report_compare_blocks.status")),
        *(Column(t("report_compare_blocks.block", side=side)) for side in "ab"),
        Column(t("report_compare_blocks.op"), wide=True),
        Column(t("report_compare_blocks.output")),
        *(
            Column(
                t("report_compare_blocks.quantity", quantity=t(f"quantity.{name}"), side=side),
                numeric=True,
            )
            for name in ("madds", "params")
            for side in "ab"
        ),
    ]
    rows = [
        [
            Cell("", badge=record["status"]),
            *(Cell(record[side] or "") for side in "ab"),
            Cell(_both(record, "op")),
            Cell(_both(record, "output")),
            *(_count(record[f"{name}_{side}"]) for name in ("madds", "params") for side in "ab"),
        ]
        for record in table.records()
    ]
    total = [Cell(t("report.total")), *[Cell("")] * 4]
    total += [
        Cell(format_exact(getattr(cost, name)), strong=True)
        for name in ("madds", "params")
        for cost in (table.a, table.b)
    ]
    caption = t(
        "report_compare_blocks.caption",
        a=table.a.net.title,
        b=table.b.net.title,
        convention=table.a.convention.name,
    )
    return TableBlock(caption, columns, rows, [total], dense=True)


def _count(number: int | None) -> Cell:
    return Cell("" if number is None else format_exact(number))


def _both(record: Record, name: str) -> str:
    """Write what two blocks have in one place: once, where it is the same."""
    a, b = record[f"{name}_a"], record[f"{name}_b"]
    return a or b or "" if not a or not b or a == b else f"{a} → {b}"


SECTION = SectionKind("compare_blocks", {"comparison": 50}, make)
