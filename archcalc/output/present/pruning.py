"""What pruning saves by stage, and its groups beside those of a width multiplier, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archcalc.base.document import EMPTY, Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.names import sides_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_decimal,
    format_exact,
    format_percent,
    format_quantity,
    format_signed_percent,
    percent_change,
)
from archcalc.cost.counting.shrink import QUANTITIES, ShrinkTable
from archcalc.cost.scaling.cuts import Cuts, StageCuts
from archcalc.cost.scaling.pruned_as_width import AsWidth

SAVED = ("madds", "params", "peak_memory_bytes")
"""The costs whose savings are shown by stage."""


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


def uniform_table(t: Messages, cuts: Cuts) -> TableBlock:
    """Return costs by prune ratio, each with what is left of the unpruned net."""
    records = cuts.records()
    any_same = any(one["same_as"] for one in records)

    def row(record: Record) -> list[Cell]:
        own = record["own"]
        uniform = isinstance(record["prune"], float)

        def cell(text: str, percent: float | None = None) -> Cell:
            return Cell(text, None if percent is None else percent / 100, strong=own)

        return [
            cell(format_decimal(record["prune"]) if uniform else t("report_pruning.as_here")),
            cell(format_exact(record["madds"])),
            cell(format_percent(record["madds_percent"], 1), record["madds_percent"]),
            cell(format_exact(record["params"])),
            cell(format_percent(record["params_percent"], 1), record["params_percent"]),
            cell(format_bytes(record["weight_bytes"])),
            cell(format_bytes(record["peak_memory_bytes"])),
            cell(
                format_percent(record["peak_memory_bytes_percent"], 1),
                record["peak_memory_bytes_percent"],
            ),
            *([cell(record["same_as"] or "")] if any_same else []),
        ]

    left = Column(t("report_pruning.left"), numeric=True)
    columns = [
        Column(t("table.prune"), numeric=True),
        Column(t("table.madds"), numeric=True),
        left,
        Column(t("table.params"), numeric=True),
        left,
        Column(t("table.weight_bytes"), numeric=True),
        Column(t("table.peak_memory_bytes"), numeric=True),
        left,
        *([Column(t("report_pruning.same_as"), numeric=True)] if any_same else []),
    ]
    caption = t("report_pruning.uniform")
    return TableBlock(caption, columns, [row(record) for record in records], dense=True)


def stages_block(t: Messages, stages: StageCuts) -> TableBlock:
    """Return the savings of pruning one stage alone, as a table."""
    columns = [
        Column(t("table.stage"), numeric=True),
        Column(t("report_pruning.map"), numeric=True),
        Column(t("report_pruning.groups_head"), numeric=True),
        Column(t("report_pruning.channels"), numeric=True),
        *(Column(t(f"table.{name}"), numeric=True) for name in SAVED),
    ]

    def saved(record: Record, name: str) -> Cell:
        share = record[f"{name}_saved"]
        best = stages.most[name]
        strong = best is not None and best["stage"] == record["stage"]
        return Cell(format_percent(share, 1), None if share is None else share / 100, strong=strong)

    rows = [
        [
            Cell(stage_number(record)),
            Cell(sides_text(*record["map"])),
            Cell(str(record["groups"])),
            Cell(format_exact(record["channels"])),
            *(saved(record, name) for name in SAVED),
        ]
        for record in stages.records()
    ]
    return TableBlock(t("report_pruning.stages"), columns, rows)


def stage_number(record: Record) -> str:
    """Return the number of a record's stage: "3"."""
    return str(record["stage"]).removeprefix("stage_")
