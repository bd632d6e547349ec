"""Several nets side by side: totals, differences from the first, published accuracies."""

from __future__ import annotations

from dataclasses import replace

from archcalc.base.document import Cell, Column, Section, TableBlock, Tile, Tiles
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_decimal,
    format_exact,
    format_fixed,
    format_signed_percent,
)
from archcalc.output.present.words import place_words
from archcalc.studies.budgets.compared import Comparison

_BYTES = ("weight_bytes", "activation_bytes", "peak_memory_bytes")


def present(table: Comparison, t: Messages) -> Section:
    """Return the totals of all nets."""
    block = totals_table(t, table)
    return Section("compared", block.caption, [replace(block, caption="")])


def tiles(t: Messages, table: Comparison) -> Tiles:
    """Return the MAdds of each net, with the difference from the first."""
    records = table.records()
    return Tiles([_tile(t, record, records[0]["net"]) for record in records])


def totals_table(t: Messages, table: Comparison) -> TableBlock:
    """Return one row per net; notes name the sources of accuracies."""
    difference = Column(t("compared.difference"), numeric=True, priority=1)
    columns = [
        Column(t("table.net")),
        Column(t("table.input"), priority=3),
        Column(t("table.madds"), numeric=True),
        difference,
        Column(t("table.params"), numeric=True),
        difference,
        *(Column(t(f"table.{name}"), numeric=True, priority=2) for name in _BYTES),
        Column(t("compared.intensity"), numeric=True, priority=4),
        Column(t("compared.top1"), numeric=True, priority=1),
    ]
    notes: list[str] = []
    rows = []
    for index, (cost, record) in enumerate(zip(table.tables, table.records(), strict=True)):
        marks: tuple[int, ...] = ()
        if record["source"]:
            source = place_words(t, record["source"])
            notes.append(t("compared.source", net=record["net"], source=source))
            marks = (len(notes),)
        row = [Cell(record["net"]), Cell(sides_text(*cost.net.input_shape[1:]))]
        for name in ("madds", "params"):
            row.append(Cell(format_exact(record[name])))
            row.append(Cell(_difference(record[f"{name}_percent"]) if index else ""))
        row += [Cell(format_bytes(record[name])) for name in _BYTES]
        row.append(Cell(format_fixed(record["arithmetic_intensity"], 2)))
        top1 = "" if record["top1"] is None else format_decimal(record["top1"])
        rows.append([*row, Cell(top1, marks=marks)])
    first = table.tables[0]
    caption = t(
        "compared.caption",
        count=len(rows),
        convention=first.convention.name,
        batch=first.batch,
        dtype=first.dtype,
    )
    return TableBlock(caption, columns, rows, notes=notes, dense=True)


def _tile(t: Messages, record: Record, first: str) -> Tile:
    detail = t(
        f"compared.{'tile_first' if record['net'] == first else 'tile'}",
        difference=_difference(record["madds_percent"]),
        first=first,
        params=format_count(record["params"]),
    )
    return Tile(format_count(record["madds"]), f"{record['net']}, {t('table.madds')}", detail)


def _difference(percent: float | None) -> str:
    return format_signed_percent(percent, 1)
