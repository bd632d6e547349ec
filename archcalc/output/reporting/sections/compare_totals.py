"""Several nets side by side: totals, differences from the first, published accuracies."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text, Tile, Tiles
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
from archcalc.output.present.words import convention_words, place_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.budgets.compared import compare

_TILES = 6
"""Maximum number of nets with headline figures."""


def make(subject: Subject) -> Section:
    """Return headline figures of a few nets, and the table of all."""
    t = subject.t
    records = compare(subject.costs).records()
    first = records[0]["net"]
    blocks: list[Block] = []
    if len(records) <= _TILES:
        blocks.append(Tiles([_tile(t, record, first) for record in records]))
    convention = subject.cost.convention
    about = convention_words(t, convention)
    blocks.append(
        Text(t("report_compare_totals.about", convention=convention.name, about=about, first=first))
    )
    known = any(record["top1"] is not None for record in records)
    blocks.append(Text(t(f"report_compare_totals.{'accuracy' if known else 'no_accuracy'}")))
    blocks.append(_table(subject, records))
    return Section("totals", t("report_compare_totals.title"), blocks)


def difference_text(percent: float | None) -> str:
    """Write a difference in percent: "-47.1%"."""
    return format_signed_percent(percent, 1)


def _tile(t: Messages, record: Record, first: str) -> Tile:
    is_first = record["net"] == first
    detail = t(
        f"report_compare_totals.{'tile_first' if is_first else 'tile'}",
        difference=difference_text(record["madds_percent"]),
        first=first,
        params=format_count(record["params"]),
    )
    return Tile(format_count(record["madds"]), f"{record['net']}, {t('table.madds')}", detail)


def _table(subject: Subject, records: list[Record]) -> TableBlock:
    t = subject.t
    difference = Column(t("report_compare_totals.difference"), numeric=True)
    columns = [
        Column(t("table.net")),
        Column(t("table.input")),
        Column(t("table.madds"), numeric=True),
        difference,
        Column(t("table.params"), numeric=True),
        difference,
        *(
            Column(t(f"table.{name}"), numeric=True)
            for name in ("weight_bytes", "activation_bytes", "peak_memory_bytes")
        ),
        Column(t("report_compare_totals.intensity"), numeric=True),
        Column(t("report_compare_totals.top1"), numeric=True),
    ]
    notes: list[str] = []
    rows = []
    for index, (net, record) in enumerate(zip(subject.nets, records, strict=True)):
        marks: tuple[int, ...] = ()
        if record["source"]:
            source = place_words(t, record["source"])
            notes.append(t("report_compare_totals.source", net=record["net"], source=source))
            marks = (len(notes),)
        _, height, width = net.input_shape
        rows.append(
            [
                Cell(record["net"]),
                Cell(sides_text(height, width)),
                *(
                    cell
                    for name in ("madds", "params")
                    for cell in (
                        Cell(format_exact(record[name])),
                        Cell(difference_text(record[f"{name}_percent"]) if index else ""),
                    )
                ),
                *(
                    Cell(format_bytes(record[f"{name}_bytes"]))
                    for name in ("weight", "activation", "peak_memory")
                ),
                Cell(format_fixed(record["arithmetic_intensity"], 2)),
                Cell("" if record["top1"] is None else format_decimal(record["top1"]), marks=marks),
            ]
        )
    caption = t(
        "report_compare_totals.caption",
        count=len(records),
        convention=subject.cost.convention.name,
        batch=subject.batch,
        dtype=subject.dtype,
    )
    return TableBlock(caption, columns, rows, notes=notes, dense=True)


SECTION = SectionKind("compare_totals", {"comparison": 10}, make)
