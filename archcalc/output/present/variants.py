"""The usual variants of a net: costs, shares of the printed net's, published accuracies."""

from __future__ import annotations

from dataclasses import replace

from archcalc.base.document import Cell, Column, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_decimal,
    format_exact,
    format_fixed,
    format_percent,
)
from archcalc.output.present.words import convention_note, place_words, sentences
from archcalc.studies.budgets.variants import VariantTable


def present(table: VariantTable, t: Messages) -> Section:
    """Return the variants, without widths where the net has no width multiplier."""
    by_width = table.net.spec.rounding is not None
    block = replace(variants_table(t, table, "", by_width=by_width), groups={})
    return Section("variants", table.title, [block, convention_note(t, table.grid.convention)])


def variants_caption(t: Messages, table: VariantTable, *, by_width: bool) -> str:
    """Return what a page says above the variants: which they are, and whose accuracies."""
    known = any(one["top1"] is not None for one in table.records())
    caption = t("variants.variants" if by_width else "variants.sizes")
    return sentences(t, caption, t("variants.top1") if known else "")


def variants_table(t: Messages, table: VariantTable, caption: str, *, by_width: bool) -> TableBlock:
    """Return one row per variant, the net itself in bold; notes name the sources of accuracies.

    ``by_width``: whether the net has a width multiplier.
    """
    records = table.records()
    known = any(record["top1"] is not None for record in records)
    most = max(record["madds"] for record in records) or 1
    columns = [
        *([Column("α", numeric=True)] if by_width else []),
        Column(t("table.resolution"), numeric=True),
        Column(t("table.madds"), numeric=True),
        Column(t("variants.of_printed"), numeric=True),
        Column(t("table.params"), numeric=True),
        *([Column(t("variants.of_printed"), numeric=True)] if by_width else []),
        Column(t("table.weight_bytes"), numeric=True),
        Column(t("table.peak_memory_bytes"), numeric=True),
        *([Column(t("quantity.top1"), numeric=True)] if known else []),
    ]
    notes: dict[str, int] = {}

    def row(record: Record) -> list[Cell]:
        source = record["source"] and place_words(t, record["source"])
        marks = (notes.setdefault(source, len(notes) + 1),) if source else ()
        top1 = "" if record["top1"] is None else format_fixed(record["top1"], 1)
        own = record["own"]

        def cell(text: str, share: float | None = None) -> Cell:
            return Cell(text, share, strong=own)

        return [
            *([cell(format_decimal(record["width"]))] if by_width else []),
            cell(str(record["resolution"])),
            cell(format_exact(record["madds"]), record["madds"] / most),
            cell(format_percent(record["madds_percent"], 1)),
            cell(format_exact(record["params"])),
            *([cell(format_percent(record["params_percent"], 1))] if by_width else []),
            cell(format_bytes(record["weight_bytes"])),
            cell(format_bytes(record["peak_memory_bytes"])),
            *([Cell(top1, strong=own, marks=marks)] if known else []),
        ]

    rows = [row(record) for record in records]
    widths = [record["width"] for record in records]
    begins = {i for i in range(1, len(widths)) if widths[i] != widths[i - 1]}
    return TableBlock(
        caption=caption,
        columns=columns,
        rows=rows,
        notes=list(notes),
        groups=dict.fromkeys(begins, ""),
        dense=by_width,
    )
