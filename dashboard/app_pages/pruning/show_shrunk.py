"""What each row, and each stage, costs before and after a cut, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.names import sides_text
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_decimal,
    format_exact,
    format_percent,
    format_quantity,
    format_signed_percent,
    percent_change,
)
from archcalc.cost.counting.shrink import QUANTITIES, ShrinkTable
from dashboard.app_pages.pruning.data_pruning import of_stages
from dashboard.app_pages.pruning.data_shrunk import SHRINKS, change_text, channels_text
from dashboard.kit.html import show_blocks, show_template
from dashboard.shell.here import Here


def show_rows(here: Here, table: ShrinkTable) -> None:
    """Show every row before and after; a row that shrinks has a sign, a word and a tint."""
    show_template(
        __file__,
        "rows.html",
        here.t,
        caption=here.say("rows_table", net=here.spec.title),
        quantities=QUANTITIES,
        sign=SHRINKS,
        rows=[
            {
                "key": record["key"],
                "shrinks": record["shrinks"],
                "channels": channels_text(record),
                "cells": _cells(record),
            }
            for record in table.records()
        ],
        total={"cells": _cells(_total(table))},
    )


def show_stages(here: Here, table: ShrinkTable) -> None:
    """Show what each stage saves, and its part of what the net saves; ``table``: by stages."""
    t = here.t
    ratios = of_stages(here.net.graph, here.choice.prune)
    saved, share = here.say("saved"), here.say("share_saved")
    columns = [
        Column(t("report.stage"), numeric=True),
        Column(t("report_pruning.map"), numeric=True),
        Column(t("report.prune"), numeric=True),
        *(
            Column(head, numeric=True)
            for name in QUANTITIES
            for head in (f"{t(f'report.{name}')}: {saved}", share)
        ),
    ]
    rows = [
        [
            Cell(record["key"].removeprefix("stage_")),
            Cell(sides_text(*record["map"])),
            Cell(
                format_decimal(ratio) if (ratio := ratios.get(record["key"])) is not None else "–"
            ),
            *_savings(record),
        ]
        for record in table.records()
    ]
    total = [Cell(t("report.total"), strong=True), Cell(""), Cell("")]
    for name in QUANTITIES:
        total.append(Cell(format_quantity(name, table.saved[name]), strong=True))
        change = percent_change(table.before.totals[name], table.after.totals[name])
        total.append(Cell("" if change is None else f"({format_signed_percent(change, 1)})"))
    show_blocks(t, TableBlock(here.say("by_stage"), columns, rows, foot=[total]))


def _savings(record: Record) -> Iterator[Cell]:
    for name in QUANTITIES:
        share = record[f"{name}_share"]
        yield Cell(
            format_quantity(name, record[f"{name}_saved"]) if record[f"{name}_saved"] else "–"
        )
        yield Cell("–" if not share else format_percent(share, 1))


def _cells(record: Record) -> list[Record]:
    """Return for each quantity what a row costs before and after, and the change."""
    found: list[Record] = []
    for name in QUANTITIES:
        found += [
            {
                "text": format_quantity(name, record[f"{name}_{when}"]),
                "exact": format_exact(record[f"{name}_{when}"]),
                "first": when == "before",
            }
            for when in ("before", "after")
        ]
        found.append({"text": change_text(record, name), "exact": "", "first": False})
    return found


def _total(table: ShrinkTable) -> Record:
    before, after = table.before.totals, table.after.totals
    return {
        f"{name}_{when}": totals[name]
        for name in QUANTITIES
        for when, totals in (("before", before), ("after", after))
    }
