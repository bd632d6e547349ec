"""Groups of layers as rows, nets as columns: one quantity of each."""

from __future__ import annotations

from typing import Literal

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.units import format_count
from archcalc.cost.counting.across import AcrossTable
from archcalc.output.present.costs import share_cell

_MOST_WITH_COUNTS = 5
"""Maximum number of nets with a column of counts beside their shares."""


def across_table(
    t: Messages,
    table: AcrossTable,
    quantity: Literal["madds", "params"],
    caption: str,
    head: str,
) -> TableBlock:
    """Return a quantity by group and net, with its shares; groups without any are left out."""
    counts = len(table.tables) <= _MOST_WITH_COUNTS
    columns = [Column(head)]
    for cost in table.tables:
        title = cost.net.title
        if counts:
            columns.append(Column(title, numeric=True))
        columns.append(Column(t("table.share") if counts else title, numeric=True))
    rows = []
    for key, parts in table.groups.items():
        if not any(part and getattr(part, quantity) for part in parts):
            continue
        cells = [Cell(key)]
        for part in parts:
            if counts:
                cells.append(Cell(format_count(getattr(part, quantity)) if part else ""))
            share = getattr(part, f"{quantity}_share") if part else None
            cells.append(share_cell(share))
        rows.append(cells)
    foot = [Cell(t("table.total"))]
    for cost in table.tables:
        foot.append(Cell(format_count(getattr(cost, quantity)), strong=True))
        foot += [Cell("")] if counts else []
    return TableBlock(caption, columns, rows, [foot], dense=len(columns) > 7)
