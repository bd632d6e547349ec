"""The blocks of several nets in line, as a table: what differs is coloured and has a sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from archcalc.base.names import MARKS
from archcalc.base.tables import Record
from archcalc.base.units import format_exact
from archcalc.cost.counting.aligned import AlignedTable, Place
from archcalc.cost.counting.diff import STATUSES
from dashboard.app_pages.compare.data_compare import above_text, hidden_change
from dashboard.shell.here import Here

_QUANTITIES = ("madds", "params")


def show_aligned(here: Here, table: AlignedTable, places: Sequence[Place], letters: str) -> None:
    """Show some places of a table, all totals below; ``letters``: of the nets on the page."""
    st.html("".join(_table(here, table, places, letters)))


def legend(here: Here) -> None:
    """Say what the signs mean."""
    st.html(
        '<ul class="chips legend">'
        + "".join(
            f'<li><span class="block {one}">{MARKS[one].sign}</span> {escape(here.say(one))}</li>'
            for one in STATUSES
        )
        + "</ul>"
    )


def _table(here: Here, table: AlignedTable, places: Sequence[Place], letters: str) -> Iterator[str]:
    t = here.t
    caption = escape(here.say("caption", convention=table.tables[0].convention.name))
    yield f'<p class="about">{caption}</p>'
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">'
    yield f'<table class="printed aligned"><caption class="sr">{caption}</caption><thead><tr>'
    for letter, one in zip(letters, table.tables, strict=True):
        yield (
            f'<th scope="colgroup" colspan="3"><b class="letter {letter}">{letter}</b> '
            f"{escape(one.net.title)}</th>"
        )
    yield "</tr><tr>"
    heads = "".join(
        f'<th scope="col" class="numeric">{escape(t(f"report.{name}"))}</th>'
        for name in _QUANTITIES
    )
    yield f'<th scope="col">{escape(t("report.block"))}</th>{heads}' * len(table.tables)
    yield "</tr></thead><tbody>"
    for place in places:
        yield f"<tr>{''.join(_cells(here, place, len(table.tables)))}</tr>"
    yield f"</tbody><tfoot><tr>{''.join(_sums(here, table))}</tr></tfoot></table></div>"


def _cells(here: Here, place: Place, nets: int) -> Iterator[str]:
    record = place.to_dict()
    for letter in "abcd"[:nets]:
        status = record.get(f"status_{letter}")
        kind = status or ("first" if letter == "a" else "none")
        if record[letter] is None:
            words = _sign(here, status)
            if status:
                words += f"<small>{escape(here.t(f'verdict.{status}'))}</small>"
            yield f'<td class="block {kind}" colspan="3">{words}</td>'
            continue
        words = _words(record, letter, hidden_change(place, letter))
        yield f'<td class="block {kind}">{_sign(here, status)}{words}</td>'
        for name in _QUANTITIES:
            count = record[f"{name}_{letter}"]
            above = "" if letter == "a" else above_text(record[f"{name}_a"], count)
            yield _number(kind, count, above)


def _sign(here: Here, status: str | None) -> str:
    if status is None:
        return ""
    words = escape(here.t(f"verdict.{status}"))
    return (
        f'<span class="sign" title="{words}"><span aria-hidden="true">{MARKS[status].sign}</span>'
        f'<span class="sr">{words}</span></span> '
    )


def _words(record: Record, letter: str, change: str) -> str:
    """Write a block's name, and below it what it computes and puts out, and a hidden change."""
    name, op = escape(record[letter]), escape(record[f"op_{letter}"] or "")
    output = escape(record[f"output_{letter}"] or "")
    return f"{name}<small>{' · '.join(filter(None, (op, output, escape(change))))}</small>"


def _number(kind: str, count: int, above: str) -> str:
    return (
        f'<td class="numeric {kind}">{format_exact(count)}'
        f"{f'<small>{escape(above)}</small>' if above else ''}</td>"
    )


def _sums(here: Here, table: AlignedTable) -> Iterator[str]:
    first = table.tables[0]
    for one in table.tables:
        yield f"<td><strong>{escape(here.t('report.total'))}</strong></td>"
        for name in _QUANTITIES:
            count = getattr(one, name)
            above = "" if one is first else above_text(getattr(first, name), count)
            yield _number("sum", count, above)
