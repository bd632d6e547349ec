"""The paper's table as printed, errata marked, optionally with costs."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import (
    EMPTY,
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Section,
    TableBlock,
    Text,
)
from archcalc.base.messages import Messages
from archcalc.base.names import size_text
from archcalc.cost.counting.paper_rows import by_printed_row
from archcalc.cost.counting.table import CostTable, group_record
from archcalc.language.spec.columns import OPERATOR_COLUMNS
from archcalc.language.spec.paper_table import PaperTable, PrintedRow, pairs
from archcalc.output.present.costs import cost_cells, cost_columns, count_cell, total_cells
from archcalc.output.present.remarks import saying
from archcalc.output.present.words import note_of, paper_words


def present(table: PaperTable, t: Messages) -> Section:
    """Return the table of a spec as printed, and the blocks that the spec defines for it.

    A table with computed figures, made for pasting, has no row numbers, and no keywords where the
    paper has columns of its own.
    """
    spec, computed = table.spec, table.computed
    blocks: list[Block] = []
    if spec.paper:
        blocks.append(Text(paper_words(t, spec.paper)))
    if spec.head.note:
        blocks.append(Text(spec.head.note))
    blocks.append(rows_table(t, table))
    if computed is not None:
        blocks += [Note(saying(t, computed.about)), *map(note_of, computed.errata)]
    title = t("printed.title", title=spec.title, net=spec.name, size=size_text(spec.input))
    return Section("printed", title, [*blocks, *definitions(t, table)])


def rows_table(
    t: Messages,
    table: PaperTable,
    *,
    caption: str = "",
    costs: CostTable | None = None,
) -> TableBlock:
    """Return the rows as printed, with ``costs`` each with MAdds, parameters and their shares."""
    bare = table.computed is not None and bool(table.spec.head.columns)
    layout = _Layout(t, table.rows, table.columns, bare=bare)
    columns = [*layout.columns]
    rows = [layout.cells(row) for row in table.rows]
    total = [Cell(t("table.total")), *[EMPTY] * (len(layout.columns) - 1)]
    foot: list[list[Cell]] = []
    if costs is not None:
        columns += cost_columns(t, priority=1)
        layers = by_printed_row(costs, table)
        for own, row in zip(rows, table.rows, strict=True):
            record = group_record(costs, row.number, layers[row.number])
            own.extend(cost_cells(record, exact=False))
        foot = [[*total, *total_cells(costs, exact=False)]]
    elif table.computed is not None:
        figures = table.computed.columns
        columns += [Column(name, numeric=True) for name in figures]
        for own, row in zip(rows, table.rows, strict=True):
            own.extend(count_cell(column.get(row.number, 0)) for column in figures.values())
        foot = [[*total, *(count_cell(sum(column.values())) for column in figures.values())]]
    return TableBlock(
        caption, columns, rows, foot, layout.notes, layout.groups, dense=len(columns) > 9
    )


def definitions(t: Messages, table: PaperTable) -> list[Block]:
    """Return the blocks that the spec defines, one table each, under a heading."""
    blocks: list[Block] = [Heading(t("printed.blocks"))] if table.blocks else []
    for name, rows in table.blocks.items():
        own = table.spec.head.blocks[name]
        if own.note:
            blocks.append(Text(own.note))
        layout = _Layout(t, rows, ("op",))
        caption = t(
            f"printed.{'block_with' if own.columns else 'block'}",
            name=name,
            parameters=", ".join(own.columns),
            inputs=t("printed.block_inputs", inputs=", ".join(own.inputs)),
        )
        cells = [layout.cells(row) for row in rows]
        blocks.append(
            TableBlock(caption, layout.columns, cells, notes=layout.notes, groups=layout.groups)
        )
    return blocks


class _Layout:
    """The used columns of a table, and the marks in it.

    ``bare``: without row numbers, keywords, and ids that are not referred to.
    """

    def __init__(
        self, t: Messages, rows: Sequence[PrintedRow], columns: Sequence[str], *, bare: bool = False
    ) -> None:
        self.t = t
        self.notes: list[str] = []
        self.numbered = not bare
        # ids and sources are columns of their own, whatever their names in the paper
        self.printed = [name for name in columns if name not in ("id", "from")]
        self.repeated = any(row.groups for row in rows)
        self.wired = any(row.sources for row in rows)
        named = any(row.id for row in rows) and not {"id", "stage"} & set(self.printed)
        self.named = named and (self.wired or not bare)
        self.worded = not bare and any(row.keywords for row in rows)
        self.numeric = {
            name: all(row.cells.get(name, "-").strip("-0123456789.") == "" for row in rows)
            for name in self.printed
        }
        starts = (i for i, row in enumerate(rows) if any(first for _, first, _ in row.groups))
        self.groups = dict.fromkeys(starts, "")

    @property
    def columns(self) -> list[Column]:
        """The heads, the paper's as printed."""
        t = self.t
        return [
            *([Column(t("table.row"), numeric=True, short="")] if self.numbered else []),
            *([Column("×")] if self.repeated else []),
            *([Column("id")] if self.named else []),
            *([Column(t("printed.from"), wide=True)] if self.wired else []),
            *(
                Column(name.replace("_", " "), self.numeric[name], not self.numeric[name])
                for name in self.printed
            ),
            *([Column(t("printed.also"), wide=True)] if self.worded else []),
        ]

    def cells(self, row: PrintedRow) -> list[Cell]:
        """Return the cells of a row, with the marks of its notes."""
        marks: dict[str, tuple[int, ...]] = {}
        used = self.t("printed.used", cells=pairs(row.use)) if row.use else ""
        if row.erratum:
            text = self.t("table.semicolon").join(part for part in (row.erratum, used) if part)
            self._mark(marks, row, self.t("printed.erratum", text=text))
        elif used:
            self._mark(marks, row, used)
        if row.note:
            self._mark(marks, row, row.note)
        sources = ", ".join(row.sources or ())
        return [
            *([Cell(str(row.number))] if self.numbered else []),
            *([Cell(_bracket(row))] if self.repeated else []),
            *([Cell(row.id or "")] if self.named else []),
            *([Cell(sources)] if self.wired else []),
            *(Cell(row.cells.get(name, ""), marks=marks.get(name, ())) for name in self.printed),
            *([Cell(pairs(row.keywords))] if self.worded else []),
        ]

    def _mark(self, marks: dict[str, tuple[int, ...]], row: PrintedRow, text: str) -> None:
        """Mark the unused cell, or the operator's, or the first with words."""
        if text not in self.notes:
            self.notes.append(text)
        words = [name for name in self.printed if not self.numeric[name] and row.cells.get(name)]
        wanted = (*row.use, *OPERATOR_COLUMNS, *words)
        # a number gets no superscript
        place = next((name for name in wanted if name in words), self.printed[0])
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
