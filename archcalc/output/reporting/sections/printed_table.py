"""The paper's table as it is printed, errata marked, with what each row costs."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import Block, Cell, Column, Heading, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.cost.counting.paper_rows import by_printed_row
from archcalc.language.spec.paper_table import PrintedRow, pairs, paper_table
from archcalc.language.spec.schema import size_text
from archcalc.output.present.cells import cost_cells, cost_columns, short, total_cells
from archcalc.output.present.words import paper_table_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the table with its costs, and the blocks that the spec defines for it."""
    t, spec = subject.t, subject.net.spec
    printed = paper_table(spec)
    blocks: list[Block] = []
    if spec.head.note:
        blocks.append(Text(spec.head.note))
    asserted = sum(len(row.asserted) for row in printed.rows)
    if asserted:
        text = t("report_printed_table.asserted", number=asserted, size=size_text(spec.input))
        blocks.append(Text(text))
    blocks.append(table_of(subject))
    if printed.blocks:
        blocks.append(Heading(t("report_printed_table.blocks")))
    for name, rows in printed.blocks.items():
        block = spec.head.blocks[name]
        if block.note:
            blocks.append(Text(block.note))
        blocks.append(_block(t, name, block.columns, block.inputs, rows))
    return Section("printed-table", t("report_printed_table.title"), blocks)


def table_of(subject: Subject) -> TableBlock:
    """Return the rows of the net's table as printed, each with what it costs."""
    t, cost, spec = subject.t, subject.cost, subject.net.spec
    printed = paper_table(spec)
    layout = _Layout(t, printed.rows, printed.columns)
    records = by_printed_row(cost, printed).records()
    columns = [*layout.columns, *cost_columns(t)]
    place = paper_table_words(t, spec.paper) if spec.paper else ""
    caption = t(
        f"report_printed_table.{'caption_in' if place else 'caption'}",
        name=spec.title,
        place=place,
        net=cost.net.title,
        convention=cost.convention.name,
    )
    total = [Cell(t("report.total")), *[Cell("")] * (len(layout.columns) - 1)]
    return TableBlock(
        caption=caption,
        columns=columns,
        rows=[
            [*layout.cells(row), *cost_cells(record, short)]
            for row, record in zip(printed.rows, records, strict=True)
        ],
        foot=[[*total, *total_cells(cost, short)]],
        notes=layout.notes,
        groups=layout.groups,
        dense=len(columns) > 9,
    )


def _block(
    t: Messages,
    name: str,
    parameters: Sequence[str],
    inputs: Sequence[str],
    rows: Sequence[PrintedRow],
) -> TableBlock:
    layout = _Layout(t, rows, ("op",))
    caption = t(
        f"report_printed_table.{'block_with' if parameters else 'block'}",
        name=name,
        parameters=", ".join(parameters),
        inputs=t("report_printed_table.block_inputs", inputs=", ".join(inputs)),
    )
    cells = [layout.cells(row) for row in rows]
    return TableBlock(caption, layout.columns, cells, notes=layout.notes, groups=layout.groups)


class _Layout:
    """Which columns a table has, those that a row uses, and what is marked in it."""

    def __init__(self, t: Messages, rows: Sequence[PrintedRow], columns: Sequence[str]) -> None:
        self.t = t
        self.notes: list[str] = []
        # ids and sources stand in columns of their own, whatever the paper calls them
        self.printed = [name for name in columns if name not in ("id", "from")]
        self.repeated = any(row.groups for row in rows)
        self.named = any(row.id for row in rows) and not {"id", "stage"} & set(self.printed)
        self.wired = any(row.sources for row in rows)
        self.worded = any(row.keywords for row in rows)
        self.numeric = {
            name: all(row.cells.get(name, "-").strip("-0123456789.") == "" for row in rows)
            for name in self.printed
        }
        starts = (i for i, row in enumerate(rows) if any(first for _, first, _ in row.groups))
        self.groups = frozenset(starts)

    @property
    def columns(self) -> list[Column]:
        """The heads, those of the paper as it prints them."""
        t = self.t
        return [
            Column(t("report.row"), numeric=True),
            *([Column("×")] if self.repeated else []),
            *([Column("id")] if self.named else []),
            *([Column(t("report_printed_table.from"))] if self.wired else []),
            *(Column(n.replace("_", " "), numeric=self.numeric[n]) for n in self.printed),
            *([Column(t("report_printed_table.also"))] if self.worded else []),
        ]

    def cells(self, row: PrintedRow) -> list[Cell]:
        """Return the cells of a row; its notes are marked where they belong."""
        marks: dict[str, tuple[int, ...]] = {}
        used = self.t("report_printed_table.used", cells=pairs(row.use)) if row.use else ""
        if row.erratum:
            text = self.t("report.semicolon").join(part for part in (row.erratum, used) if part)
            self._mark(marks, row, self.t("report_printed_table.erratum", text=text))
        elif used:
            self._mark(marks, row, used)
        if row.note:
            self._mark(marks, row, row.note)
        sources = ", ".join(row.sources or ())
        return [
            Cell(str(row.number)),
            *([Cell(_bracket(row))] if self.repeated else []),
            *([Cell(row.id or "")] if self.named else []),
            *([Cell(sources)] if self.wired else []),
            *(Cell(row.cells.get(name, ""), marks=marks.get(name, ())) for name in self.printed),
            *([Cell(pairs(row.keywords))] if self.worded else []),
        ]

    def _mark(self, marks: dict[str, tuple[int, ...]], row: PrintedRow, text: str) -> None:
        """Mark the cell that is not used, or the first of words: a number gets no superscript."""
        if text not in self.notes:
            self.notes.append(text)
        words = [name for name in self.printed if not self.numeric[name] and row.cells.get(name)]
        place = next((name for name in row.use if name in words), None) or next(
            iter(words), self.printed[0]
        )
        marks[place] = (*marks.get(place, ()), self.notes.index(text) + 1)


def _bracket(row: PrintedRow) -> str:
    """Return "5×" on the first row of a group that runs five times, a bracket on the others."""
    signs = []
    for times, first, last in row.groups:
        if first:
            signs.append(f"{times}×" if last else f"{times}× ┐")
        else:
            signs.append("┘" if last else "│")
    return " ".join(signs)


SECTION = SectionKind("printed_table", {"net": 20}, make)
