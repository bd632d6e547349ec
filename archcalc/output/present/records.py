"""Any table by its records: one column per field."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.base.plain import cell_text
from archcalc.base.tables import Record, Table, numeric_columns
from archcalc.output.present.words import note_of


def present(table: Table, _t: Messages) -> Section:
    """Return the records of a table, without empty columns."""
    records = table.records()
    blocks: list[Block] = [Text(line) for line in table.summary()]
    if records:
        blocks.append(records_block(records))
    blocks += [note_of(note) for note in table.notes()]
    return Section("records", table.title, blocks)


def records_block(records: Sequence[Record], caption: str = "") -> TableBlock:
    """Return records as a table, without empty columns."""
    numeric = numeric_columns(records)
    names = [name for name in numeric if any(one[name] not in (None, "") for one in records)]
    return TableBlock(
        caption,
        [Column(name, numeric=numeric[name], wide=not numeric[name]) for name in names],
        [[Cell(cell_text(one[name])) for name in names] for one in records],
    )
