"""What each row costs before and after a cut, as a table."""

from __future__ import annotations

from archcalc.base.tables import Record
from archcalc.base.units import format_exact, format_quantity
from archcalc.cost.counting.shrink import QUANTITIES, ShrinkTable
from dashboard.app_pages.pruning.data_shrunk import SHRINKS, change_text, channels_text
from dashboard.kit.html import show_template
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
