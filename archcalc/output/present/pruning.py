"""What pruning saves by stage, and its groups beside those of a width multiplier, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archcalc.base.document import EMPTY, Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_decimal,
    format_percent,
    format_quantity,
    format_signed_percent,
    percent_change,
)
from archcalc.cost.counting.shrink import QUANTITIES, ShrinkTable
from archcalc.cost.scaling.pruned_as_width import AsWidth


def savings_table(
    t: Messages, table: ShrinkTable, ratios: Mapping[str, float], caption: str
) -> TableBlock:
    """Return what each stage saves, and its part of what the net saves.

    ``table``: summed by stages. ``ratios``: the prune ratio of each stage that has one.
    """
    saved, share = t("pruning.saved"), t("pruning.share_saved")
    heads = [t("table.stage"), t("report_pruning.map"), t("table.prune")]
    for name in QUANTITIES:
        heads += [f"{t(f'table.{name}')}: {saved}", share]
    rows = [
        [
            Cell(record["key"].removeprefix("stage_")),
            Cell(sides_text(*record["map"])),
            Cell(format_decimal(ratios[record["key"]]) if record["key"] in ratios else "–"),
            *_savings(record),
        ]
        for record in table.records()
    ]
    total = [Cell(t("table.total"), strong=True), EMPTY, EMPTY]
    for name in QUANTITIES:
        total.append(Cell(format_quantity(name, table.saved[name]), strong=True))
        change = percent_change(table.before.totals[name], table.after.totals[name])
        total.append(EMPTY if change is None else Cell(f"({format_signed_percent(change, 1)})"))
    columns = [Column(head, numeric=True) for head in heads]
    return TableBlock(caption, columns, rows, foot=[total])


def _savings(record: Record) -> Iterator[Cell]:
    for name in QUANTITIES:
        saved, share = record[f"{name}_saved"], record[f"{name}_share"]
        yield Cell(format_quantity(name, saved) if saved else "–")
        yield Cell(format_percent(share, 1) if share else "–")


def groups_table(t: Messages, pair: AsWidth, caption: str) -> TableBlock:
    """Return the channels of each group, pruned and at the width multiplier."""
    names = ("group", "whole", "exact", "pruned", "narrow", "why")
    columns = [Column(t(f"pruning.{n}"), numeric=n not in ("group", "why")) for n in names]
    rows = []
    for one in pair.records():
        same = one["pruned"] == one["narrow"]
        exact = "–" if one["exact"] is None else format_decimal(one["exact"])
        why = "=" if same else f"≠ {t('pruning.why_' + one['why'].replace(' ', '_'))}"
        texts = (one["group"], one["whole"], exact, one["pruned"], one["narrow"], why)
        rows.append([Cell(str(text), strong=not same) for text in texts])
    return TableBlock(caption, columns, rows)
