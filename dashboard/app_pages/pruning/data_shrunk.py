"""Rows before and after a cut, in the texts of a chart and of a table; what each stage saves."""

from __future__ import annotations

from archcalc.base.tables import Record
from archcalc.base.units import (
    Unit,
    format_quantity,
    format_signed_percent,
    percent_change,
    unit_of,
)
from archcalc.cost.counting.shrink import QUANTITIES, ShrinkTable
from dashboard.shell.fields import choice_field

COST = choice_field("cut_of", QUANTITIES)
"""What the chart of rows is of."""

SHRINKS, STAYS = "▼", "="
"""Whether a row costs less, by a sign beside its colour."""


def bars(table: ShrinkTable, cost: str) -> tuple[list[Record], Unit]:
    """Return a record a row, and the unit of its figures ``before`` and ``after``.

    ``change``: "▼ -67.5%", or "=" where the row stays as it is. ``about``: all that in a line.
    """
    records = table.records()
    unit = unit_of(cost, [record[f"{cost}_before"] for record in records])
    return [_bar(record, cost, unit) for record in records], unit


def _bar(record: Record, cost: str, unit: Unit) -> Record:
    before, after = record[f"{cost}_before"], record[f"{cost}_after"]
    texts = format_quantity(cost, before), format_quantity(cost, after)
    change = change_text(record, cost)
    return {
        "key": record["key"],
        "before": before / unit.size,
        "after": after / unit.size,
        "before_text": texts[0],
        "after_text": texts[1],
        "change": f"{SHRINKS} {change}" if after < before else change,
        "about": f"{record['key']}: {texts[0]} → {texts[1]} ({change})",
    }


def change_text(record: Record, cost: str) -> str:
    """Return by how much a row's cost falls: "-67.5%", "=" for not at all, "–" for no cost."""
    change = percent_change(record[f"{cost}_before"], record[f"{cost}_after"])
    if change is None:
        return "–"
    return format_signed_percent(change, 1 if change < -0.1 else 3) if change else STAYS


def channels_text(record: Record) -> str:
    """Return the channels that a row puts out: "32 → 16", or "32" where they stay."""
    before, after = record["channels_before"], record["channels_after"]
    return f"{before} → {after}" if before != after else f"{before}"
