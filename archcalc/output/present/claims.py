"""Printed tables as reports show them: every printed figure, the computed one, a verdict."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archcalc.base.document import Cell, Column, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.units import Figure, format_exact
from archcalc.cost.claims.results import ClaimGroup, ClaimResult
from archcalc.language.spec.schema import DELTAS
from archcalc.output.present.words import place_words, quantity_words, reason_words, table_words

_DENSE = 8
"""Columns from which a table is set smaller."""


def claim_table(t: Messages, group: ClaimGroup, strong: Collection[ClaimResult] = ()) -> TableBlock:
    """Return a printed table, its columns as printed, with errata and notes below it.

    ``strong``: figures whose rows are to stand out, such as those of the report's own net.
    """
    counted = [q for q in group.quantities if any(_is_counted(group, q))]
    nets = list(dict.fromkeys(one.model for one in group.results))
    columns = [Column(t("report.row"))]
    columns += [Column(t("report.net"))] if len(nets) > 1 else []
    for quantity in group.quantities:
        columns.append(Column(quantity_words(t, quantity), numeric=True))
        if quantity in counted:
            columns.append(Column(t("report.computed"), numeric=True))
            columns.append(Column(t("report.verdict")))
    notes: dict[str, int] = {}
    rows = []
    for row in group.rows:
        results = {one.quantity: one for one in row}
        bold = any(one in strong for one in row)
        cells = [Cell(row[0].row, strong=bold, marks=_marks(notes, _row_notes(t, row)))]
        cells += [Cell(_net(row[0]))] if len(nets) > 1 else []
        for quantity in group.quantities:
            one = results.get(quantity)
            wide = quantity in counted
            cells += _cells(t, one, notes, strong=bold) if one else [Cell("")] * (3 if wide else 1)
            if one and wide and not one.is_counted:
                cells += [Cell(""), Cell("")]
        rows.append(cells)
    return TableBlock(
        caption=caption_of(t, group),
        columns=columns,
        rows=rows,
        notes=list(notes),
        dense=len(columns) >= _DENSE,
    )


def caption_of(t: Messages, group: ClaimGroup) -> str:
    """Name the table, its net where it is one, and the conventions that it counts by."""
    by_convention: dict[str, dict[str, None]] = {}
    for one in group.results:
        if one.is_counted and one.quantity not in DELTAS:
            by_convention.setdefault(one.convention, {})[one.row] = None
    name = table_words(t, group.table)
    if not by_convention:
        return name
    usual, *others = sorted(by_convention, key=lambda name: -len(by_convention[name]))
    parts = [t("report_claims.counted_by", convention=usual)]
    for other in others:
        rows = few(t, list(by_convention[other]))
        parts.append(t("report_claims.others", rows=rows, convention=other))
    return t("report_claims.caption", table=name, conventions=t("report.semicolon").join(parts))


def few(t: Messages, names: Sequence[str], most: int = 3) -> str:
    """Write a few names, or the first and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return t("report_claims.few", first=names[0], number=len(names) - 1)


def computed_text(one: ClaimResult) -> str:
    """Write a computed figure: counts with every digit, others as the printed one is written."""
    if one.computed is None:
        return ""
    if isinstance(one.computed, int) and one.quantity in ("madds", "params"):
        return format_exact(one.computed)
    return Figure.parse(one.printed).beside(one.computed)


def distance_text(t: Messages, one: ClaimResult) -> str:
    """Say how a reproduced figure is cut, or how far off another one is."""
    if one.verdict == "reproduced":
        return t("report_claims.cut") if one.match == "truncated" else ""
    percent = None if one.quantity in DELTAS else one.difference_percent
    return "" if percent is None else f"{percent:+.2f}%"


def _is_counted(group: ClaimGroup, quantity: str) -> list[bool]:
    return [one.is_counted for one in group.results if one.quantity == quantity]


def _cells(t: Messages, one: ClaimResult, notes: dict[str, int], *, strong: bool) -> list[Cell]:
    """Return the printed figure, and where it is of a computed kind two cells more."""
    text = [one.remark] if one.verdict == "erratum" else []
    if not one.is_counted:
        badge = one.verdict if one.verdict == "erratum" else ""
        return [Cell(one.printed, badge=badge, marks=_marks(notes, text))]
    if one.verdict == "not computable":
        text.append(reason_words(t, one.reason or ""))
    return [
        Cell(one.printed, strong=strong),
        Cell(computed_text(one), strong=strong),
        Cell(distance_text(t, one), badge=one.verdict, marks=_marks(notes, text)),
    ]


def _row_notes(t: Messages, row: Sequence[ClaimResult]) -> list[str]:
    """Return what is said of a row beside its errata, each text once."""
    texts = [one.remark for one in row if one.verdict != "erratum" and one.remark]
    return list(dict.fromkeys(place_words(t, text) for text in texts))


def _marks(notes: dict[str, int], texts: Sequence[str]) -> tuple[int, ...]:
    """Number texts as notes of a table; one that is there already keeps its number."""
    return tuple(notes.setdefault(text, len(notes) + 1) for text in texts if text)


def _net(one: ClaimResult) -> str:
    return one.model if one.width == 1 else f"{one.model}@{one.width:g}"
