"""Two nets side by side: totals, then block by block."""

from __future__ import annotations

from archcalc.base.document import EMPTY, Block, Cell, Column, Note, Section, TableBlock, Tone
from archcalc.base.messages import Messages
from archcalc.base.names import MARKS
from archcalc.base.tables import Record
from archcalc.base.units import format_fixed
from archcalc.cost.counting.diff import STATUSES, DiffTable, Status
from archcalc.output.present.costs import QUANTITIES, count_cell

SIDES = ("a", "b")
_TOTALS = (*QUANTITIES, "weight_bytes", "activation_bytes", "peak_memory_bytes")
_MOST_CHANGES = 4
"""Maximum kinds of change listed in words."""
_TONES: dict[Status, Tone] = {"same": "dim", "changed": "", "removed": "bad", "added": "good"}


def present(table: DiffTable, t: Messages) -> Section:
    """Return the totals of both nets, their blocks, and what changed blocks gain and lose."""
    marks = t("table.comma").join(
        f"{MARKS[status].sign} {t(f'diff.{status}')}" for status in STATUSES if status != "same"
    )
    blocks: list[Block] = [
        totals_table(t, table),
        blocks_table(t, table),
        *map(Note, changes(t, table)),
        Note(marks),
    ]
    return Section("diff", table.title, blocks)


def totals_table(t: Messages, table: DiffTable, caption: str = "") -> TableBlock:
    """Return the totals of both nets and their ratio."""
    totals = table.totals
    rows = []
    for name in _TOTALS:
        ratio = totals["ratio"][name]
        rows.append(
            [
                Cell(t(f"diff.{name}")),
                *(count_cell(totals[side][name]) for side in SIDES),
                EMPTY if ratio is None else Cell(format_fixed(ratio, 4)),
            ]
        )
    heads = (Column(head, numeric=True) for head in (*SIDES, "b / a"))
    return TableBlock(caption, [Column("", wide=True), *heads], rows)


def blocks_table(t: Messages, table: DiffTable, caption: str = "") -> TableBlock:
    """Return the aligned blocks; equal values of both nets are written once."""
    columns = [
        Column(t("diff.status"), short=""),
        Column(t("table.block")),
        Column(t("table.op"), wide=True, priority=2),
        Column(t("table.output"), priority=1),
    ]
    for name in QUANTITIES:
        head = t(f"quantity.{name}")
        columns += [Column(side, numeric=True, group=head) for side in SIDES]
    total = [EMPTY, Cell(t("table.total")), EMPTY, EMPTY]
    for name in QUANTITIES:
        total += [count_cell(getattr(one, name), strong=True) for one in (table.a, table.b)]
    rows = [_row(record) for record in table.records()]
    return TableBlock(caption, columns, rows, [total], dense=True)


def changes(t: Messages, table: DiffTable) -> list[str]:
    """Return what changed blocks gain and lose, if there are few kinds of change."""
    if len(table.changes) > _MOST_CHANGES:
        return []
    return [
        t("diff.change" if number > 1 else "diff.change_of_one", change=change, number=number)
        for change, number in table.changes.items()
    ]


def _row(record: Record) -> list[Cell]:
    tone = _TONES[record["status"]]
    counts = [record[f"{name}_{side}"] for name in QUANTITIES for side in SIDES]
    return [
        Cell("", badge=record["status"]),
        Cell(_both(record["a"], record["b"]), tone=tone),
        Cell(_both(record["op_a"], record["op_b"]), tone=tone),
        Cell(_both(record["output_a"], record["output_b"]), tone=tone),
        *(count_cell(number, tone=tone) for number in counts),
    ]


def _both(a: str | None, b: str | None) -> str:
    """Write the values of two nets."""
    if a is None or b is None or a == b:
        return a or b or ""
    return f"{a} → {b}"
