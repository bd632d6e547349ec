"""The paper's table in the paper's own layout: its columns, its cells, errata as notes below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archcalc.base.tables import Record, View
from archcalc.language.spec.paper_table import OPERATOR_COLUMNS, PaperTable, PrintedRow, pairs
from archcalc.language.spec.spec import Spec

_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_FIGURE = set("-0123456789.")


def paper_view(table: PaperTable) -> View:
    """Return the table as printed, computed figures to its right where it has some.

    Letters mark what has an erratum or a note. What a row of keywords says stands in a column
    of its own; beside the cells of a paper it is left out, as in the paper.
    """
    spec = table.spec
    view = _view(title_of(spec), table.rows, table.columns, keywords=not spec.head.columns)
    rows = [
        {**cells, **table.computed_of(row)}
        for cells, row in zip(view.rows, table.rows, strict=True)
    ]
    above = [text for text in (_paper_title(spec), spec.head.note) if text]
    below, sums, right = list(view.below), [], set(view.right)
    if table.computed is not None:
        first, *others = view.rows[0]
        totals = {name: sum(of.values()) for name, of in table.computed.columns.items()}
        sums = [{first: "total", **dict.fromkeys(others, ""), **totals}]
        below = [table.computed.about, *below, *table.computed.errata]
        right |= totals.keys()
    blocks = [_block(spec, name, rows) for name, rows in table.blocks.items()]
    return View(view.name, rows, frozenset(right), above, below, sums, blocks)


def title_of(spec: Spec) -> str:
    """Return the net's name with the place of its table."""
    paper = spec.paper
    if paper is None:
        return spec.title
    place = [f"arXiv:{paper.arxiv}" if paper.arxiv else paper.url, table_of(paper.table)]
    where = ", ".join(part for part in place if part)
    return f"{spec.title} ({where})" if where else spec.title


def table_of(table: str | None) -> str | None:
    """Return where in a paper a table is: "table 1", or as the spec says it."""
    return f"table {table}" if table and table[0].isdigit() else table


def _paper_title(spec: Spec) -> str | None:
    return spec.paper.title if spec.paper and spec.paper.title != spec.title else None


def _block(spec: Spec, name: str, rows: Sequence[PrintedRow]) -> View:
    block = spec.head.blocks[name]
    inputs = "" if block.inputs == ["in"] else f" on {', '.join(block.inputs)}"
    view = _view(f"block {name} ({', '.join(block.columns)}){inputs}", rows, ("op",), keywords=True)
    return View(view.name, view.rows, view.right, [block.note] if block.note else [], view.below)


def _view(
    title: str, rows: Sequence[PrintedRow], columns: Sequence[str], *, keywords: bool
) -> View:
    """Lay out rows; columns that no row uses are left out."""
    wired = any(row.sources for row in rows)
    own = [name for name in columns if name not in ("id", "from")]
    named = wired or ("id" in columns and any(row.id for row in rows))
    operator = next((name for name in OPERATOR_COLUMNS if name in own), own[0] if own else "")
    marks: dict[str, str] = {}
    found: list[Record] = []
    for row in rows:
        cells: Record = {}
        if any(one.groups for one in rows):
            cells["×"] = _times(row)
        if named:
            cells["id"] = row.id or ""
        if wired:
            cells["from"] = ", ".join(row.sources or ())
        cells |= {name: row.cells.get(name, "") for name in own}
        if keywords and any(one.keywords for one in rows):
            cells["also"] = pairs(row.keywords)
        remark = "; ".join(_remarks(row))
        if remark:
            cells[operator] += marks.setdefault(remark, _mark(len(marks)))
        found.append(cells)
    right = {name for name in own if all(set(row.cells.get(name, "")) <= _FIGURE for row in rows)}
    right.add("×")  # so that brackets stand below one another
    notes = [f"{mark} {remark}" for remark, mark in marks.items()]
    return View(title, found, frozenset(right), below=notes)


def _remarks(row: PrintedRow) -> Iterator[str]:
    used = f"used: {pairs(row.use)}" if row.use else ""
    if row.erratum:
        yield f"erratum: {row.erratum}"
    if used:
        yield used
    if row.note:
        yield row.note


def _mark(index: int) -> str:
    """Return the letter of a note: a, b … z, aa, ab …"""
    text = ""
    while index >= 0:
        text = _LETTERS[index % len(_LETTERS)] + text
        index = index // len(_LETTERS) - 1
    return text


def _times(row: PrintedRow) -> str:
    """Return "5×" on the first row of a group that runs five times, a bracket on all of them."""
    signs = []
    for times, first, last in row.groups:
        bracket = "" if first and last else "┐" if first else "┘" if last else "│"
        signs.append(f"{times}×{bracket}" if first else bracket)
    return " ".join(signs)


__all__ = ["paper_view", "table_of", "title_of"]
