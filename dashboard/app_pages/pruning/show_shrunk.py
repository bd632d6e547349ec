"""What each row, and each stage, costs before and after a cut, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.names import sides_text
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_exact, format_percent, format_quantity
from archcalc.cost.counting.shrink import QUANTITIES, ShrinkTable
from dashboard.app_pages.pruning.data_pruning import of_stages
from dashboard.app_pages.pruning.data_shrunk import SHRINKS, change_text, channels_text
from dashboard.kit.html import show_blocks
from dashboard.shell.here import Here


def show_rows(here: Here, table: ShrinkTable) -> None:
    """Show every row before and after; a row that shrinks has a sign, a word and a tint."""
    st.html("".join(_rows(here, table)))


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
        left = table.left[name]
        total.append(Cell(format_quantity(name, table.saved[name]), strong=True))
        total.append(Cell("" if left is None else f"({format_percent(left - 100, 1)})"))
    show_blocks(t, TableBlock(here.say("by_stage"), columns, rows, foot=[total]))


def _savings(record: Record) -> Iterator[Cell]:
    for name in QUANTITIES:
        share = record[f"{name}_share"]
        yield Cell(
            format_quantity(name, record[f"{name}_saved"]) if record[f"{name}_saved"] else "–"
        )
        yield Cell("–" if not share else format_percent(share, 1))


def _rows(here: Here, table: ShrinkTable) -> Iterator[str]:
    t, say = here.t, here.say
    caption = escape(say("rows_table", net=here.spec.title))
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">'
    yield f'<table class="printed shrunk"><caption>{caption}</caption><thead><tr>'
    yield f'<th scope="col" rowspan="2">{escape(t("report.row"))}</th>'
    yield f'<th scope="col" rowspan="2">{escape(t("report_pruning.channels"))}</th>'
    for name in QUANTITIES:
        words = escape(t(f"report.{name}"))
        yield f'<th scope="colgroup" colspan="3" class="first">{words}</th>'
    yield "</tr><tr>"
    whens = ((" first", "before"), ("", "after"), ("", "change"))
    for first, name in whens * len(QUANTITIES):
        yield f'<th scope="col" class="numeric{first}">{escape(say(name))}</th>'
    yield "</tr></thead><tbody>"
    for record in table.records():
        kind = "shrinks" if record["shrinks"] else "stays"
        sign = SHRINKS if record["shrinks"] else ""
        yield f'<tr class="{kind}"><th scope="row"><span class="sign" aria-hidden="true">{sign}'
        yield f'</span> {escape(record["key"])}<span class="sr"> {escape(say(kind))}</span></th>'
        yield f"<td>{escape(channels_text(record))}</td>"
        for name in QUANTITIES:
            yield from _cells(record, name)
        yield "</tr>"
    yield f'</tbody><tfoot><tr><th scope="row">{escape(t("report.total"))}</th><td></td>'
    for name in QUANTITIES:
        yield from _cells(_total(table, name), name)
    yield "</tr></tfoot></table></div>"


def _cells(record: Record, name: str) -> Iterator[str]:
    for when, first in (("before", " first"), ("after", "")):
        value = record[f"{name}_{when}"]
        exact = f' title="{format_exact(value)}"'
        yield f'<td class="numeric{first}"{exact}>{escape(format_quantity(name, value))}</td>'
    yield f'<td class="numeric">{escape(change_text(record, name))}</td>'


def _total(table: ShrinkTable, name: str) -> Record:
    before, after = table.before.totals[name], table.after.totals[name]
    costs = {f"{name}_before": before, f"{name}_after": after}
    return {**costs, f"{name}_left": table.left[name], f"{name}_saved": before - after}
