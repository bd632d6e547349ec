"""Every layer with its cost; long nets by block."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.cost.counting.table import CostTable, GroupedTable
from archcalc.language.spec.schema import size_text
from archcalc.output.present.cells import cost_cells, cost_columns, total_cells
from archcalc.output.reporting.command import count_command
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

MOST = 400
"""Rows that a reader turns over; longer tables are summed by block, row or stage."""


def make(subject: Subject) -> Section:
    """Return the layers in the order in which they run, with totals below."""
    t, cost = subject.t, subject.cost
    grouped = _readable(cost)
    blocks: list[Block] = []
    if grouped.key != "layer":
        summed = t(
            "report_layers.summed",
            layers=len(cost.layers),
            key=t(f"report.{grouped.key}"),
            command=count_command(cost),
        )
        blocks.append(Text(summed))
    notes = _Notes(cost)
    by_layer = grouped.key == "layer"
    rows, groups = _layers(t, grouped, notes) if by_layer else _sums(grouped, notes)
    heads = ("block", "layer", "op", "output") if by_layer else (grouped.key, "", "output")
    columns = [Column(t(f"report.{head}") if head else t("report.layers")) for head in heads]
    blocks.append(
        TableBlock(
            caption=t(f"report_layers.caption_{grouped.key}", net=cost.title),
            columns=[*columns, *cost_columns(t)],
            rows=rows,
            foot=[[Cell(t("report.total")), *[Cell("")] * (len(heads) - 1), *total_cells(cost)]],
            notes=notes.texts,
            groups=frozenset(groups),
            dense=True,
        )
    )
    return Section("layers", t("report_layers.title"), blocks)


def _readable(cost: CostTable) -> GroupedTable:
    """Return the finest sums that a reader gets through."""
    tables = [cost.by(key) for key in ("layer", "block", "row", "stage")]
    return next((table for table in tables if len(table.groups) <= MOST), tables[-1])


class _Notes:
    """Errata of rows, numbered where a row first shows."""

    def __init__(self, cost: CostTable) -> None:
        self.errata = cost.net.graph.errata
        self.texts: list[str] = []
        self._seen: set[str] = set()

    def of(self, row: str) -> tuple[int, ...]:
        """Return the marks of a row, the first time that it is asked for."""
        if row not in self.errata or row in self._seen:
            return ()
        self._seen.add(row)
        self.texts.append(self.errata[row])
        return (len(self.texts),)


def _layers(
    t: Messages, grouped: GroupedTable, notes: _Notes
) -> tuple[list[list[Cell]], list[int]]:
    rows: list[list[Cell]] = []
    begins: list[int] = []
    block = None
    for layer, record in zip(grouped.table.layers, grouped.records(), strict=True):
        node = layer.node
        first = node.block != block
        block = node.block
        if first:
            begins.append(len(rows))
        op = node.op.label
        times = t("report_layers.times", op=op, number=node.count) if node.count > 1 else op
        rows.append(
            [
                Cell(block if first else "", strong=first, marks=notes.of(node.row_id)),
                Cell(node.id.removeprefix(f"{block}.")),
                Cell(times),
                Cell(size_text(layer.output)),
                *cost_cells(record),
            ]
        )
    return rows, begins


def _sums(grouped: GroupedTable, notes: _Notes) -> tuple[list[list[Cell]], list[int]]:
    rows: list[list[Cell]] = []
    begins: list[int] = []
    previous = None
    for record, (name, layers) in zip(grouped.records(), grouped.groups.items(), strict=True):
        row = layers[0].node.row_id
        if row != previous:
            begins.append(len(rows))
        previous = row
        rows.append(
            [
                Cell(name, marks=notes.of(row) if grouped.key != "stage" else ()),
                Cell(str(len(layers))),
                Cell(size_text(layers[-1].output)),
                *cost_cells(record),
            ]
        )
    return rows, begins


SECTION = SectionKind("layers", {"net": 60}, make)
