"""``archcalc show``: the paper's table as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcalc.cli._options import Files, Force, Format, SpecName
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Column, Grid, Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcalc.language.spec.paper_table import PaperTable, PrintedRow

EXAMPLE = "archcalc show mobilenet_v1"


def show(
    model: SpecName, format_: Format = TABLE, output: Files = None, force: Force = False
) -> None:
    """Show the paper's table as printed, with its errata marked."""
    from archcalc.cli._model import spec_of
    from archcalc.language.spec.paper_table import paper_table

    chosen = Output.of(format_, output, force=force)
    table = paper_table(spec_of(model))
    chosen.emit(table, lambda screen: _show(table, screen))


def _show(table: PaperTable, screen: Screen) -> None:
    from archcalc.language.spec.paper_view import table_of

    spec = table.spec
    screen.line(spec.title, "bold")
    if spec.paper:
        paper = spec.paper
        place = [f"arXiv:{paper.arxiv}" if paper.arxiv else paper.url, table_of(paper.table)]
        screen.line(", ".join([paper.title, *(part for part in place if part)]))
    if spec.head.note:
        screen.line(spec.head.note)
    screen.line(table.title, "dim")
    screen.blank()
    wide, narrow = (_grid(table.rows, table.columns, also=also) for also in (True, False))
    screen.table(wide if screen.fits(wide) else narrow)
    notes = table.notes()
    items = [("†", note) for note in notes if note.startswith("erratum")]
    items += [("*", note) for note in notes if not note.startswith("erratum")]
    if not screen.fits(wide):
        items += [("+", f"row {row.number}: {_also(row)}") for row in table.rows if row.keywords]
    if items:
        screen.blank()
        screen.items(items)
    for name, rows in table.blocks.items():
        block = spec.head.blocks[name]
        screen.blank()
        inputs = "" if block.inputs == ["in"] else f" on {', '.join(block.inputs)}"
        screen.line(f"block {name} ({', '.join(block.columns)}){inputs}", "bold")
        if block.note:
            screen.line(block.note)
        screen.table(_grid(rows, ("op",)))


def _grid(rows: Sequence[PrintedRow], columns: Sequence[str], *, also: bool = True) -> Grid:
    """Lay out rows; columns that no row uses are left out."""
    columns = [column for column in columns if column not in ("id", "from")]  # shown for all rows
    repeated = any(row.groups for row in rows)
    named = any(row.id for row in rows) and not {"id", "stage"} & set(columns)
    wired = any(row.sources for row in rows)
    worded = also and any(row.keywords for row in rows)
    right = {
        column: all(row.cells.get(column, "-").strip("-0123456789.") == "" for row in rows)
        for column in columns
    }
    grid = Grid(
        (
            Column("", right=True),
            *([Column("×")] if repeated else []),
            *([Column("id")] if named else []),
            *([Column("from", fold=True)] if wired else []),
            *(Column(column, right=right[column], fold=not right[column]) for column in columns),
            *([Column("also", fold=True)] if worded else []),
        )
    )
    for row in rows:
        mark = "†" if row.erratum else "*" if row.note or row.use else " "
        cells = [row.cells.get(column, "") for column in columns]
        grid.add(
            f"{row.number}{mark}",
            *([_bracket(row)] if repeated else []),
            *([row.id or ""] if named else []),
            *([", ".join(row.sources or ())] if wired else []),
            *cells,
            *([_also(row)] if worded else []),
            style="yellow" if row.erratum else "",
        )
    return grid


def _also(row: PrintedRow) -> str:
    """Write what a row says beyond its cells."""
    from archcalc.language.spec.paper_table import pairs

    return pairs(row.keywords)


def _bracket(row: PrintedRow) -> str:
    """Return "5×" on the first row of a group that runs five times, a bracket on the others."""
    signs = []
    for times, first, last in row.groups:
        if first:
            signs.append(f"{times}×" if last else f"{times}×┐")
        else:
            signs.append(" " * len(f"{times}×") + ("┘" if last else "│"))
    return " ".join(signs)
