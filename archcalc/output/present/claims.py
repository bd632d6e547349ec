"""Printed tables: every printed figure, the computed one, a verdict."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archcalc.base.document import EMPTY, Block, Cell, Column, Note, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.base.names import MARKS, VariantName
from archcalc.base.units import Figure, format_exact, format_signed_percent
from archcalc.cost.claims.results import NAMED, ClaimGroup, ClaimResult, ClaimTable
from archcalc.cost.counting.table import count
from archcalc.language.graph.build import build
from archcalc.language.spec.schema import DELTAS
from archcalc.language.spec.spec import Spec
from archcalc.output.present.words import place_words, quantity_words, reason_words, table_words

_CUT = "⌊"
_DENSE = 8
"""Columns from which a table is set smaller."""


def present(claims: ClaimTable, t: Messages) -> Section:
    """Return the printed tables, the reasons of uncomputed figures, and the verdicts' sums."""
    blocks: list[Block] = [claim_table(t, group) for group in claims.groups]
    blocks += reasons(t, claims)
    sums = t("table.comma").join(
        f"{MARKS[verdict].sign} {format_exact(number)} {t(f'verdict.{verdict}')}"
        for verdict, number in claims.verdicts.items()
    )
    blocks.append(Note(sums, "plain" if claims.passed else "warning"))
    nets = list(dict.fromkeys(one.model for one in claims.results))
    named = ", ".join(nets) if len(nets) <= NAMED else t("claims.nets", number=len(nets))
    title = t("claims.title", nets=named) if len(claims.groups) > 1 else ""
    return Section("claims", title, blocks)


def unclaimed(spec: Spec, t: Messages) -> Section:
    """Return a note that a spec without claims is valid, with its totals."""
    table = count(build(spec))
    text = t(
        "claims.unclaimed",
        net=table.title,
        rows=format_exact(len(spec.head.rows)),
        layers=format_exact(len(table.layers)),
        madds=format_exact(table.madds),
        params=format_exact(table.params),
    )
    return Section("claims", t("claims.valid", file=spec.file), [Text(text)])


def reasons(t: Messages, claims: ClaimTable) -> list[Note]:
    """Return why figures are not computed: each reason once, with its quantities."""
    found: dict[str, dict[str, None]] = {}
    for one in claims.results:
        if one.verdict == "not computable":
            quantity = "latency" if _is_time(one.quantity) else one.quantity
            words = t("claims.latency") if quantity == "latency" else quantity_words(t, quantity)
            found.setdefault(reason_words(t, one.reason or ""), {})[words] = None
    return [Note(why, label=t("table.comma").join(of)) for why, of in found.items()]


def claim_table(t: Messages, group: ClaimGroup, strong: Collection[ClaimResult] = ()) -> TableBlock:
    """Return a printed table, its columns as printed, with errata and notes below it.

    ``strong``: figures whose rows are bold, such as those of the report's own net.
    """
    counted = [q for q in group.quantities if any(_is_counted(group, q))]
    nets = list(dict.fromkeys(one.model for one in group.results))
    columns = [Column(t("table.row"), wide=True)]
    columns += [Column(t("table.net"), priority=1)] if len(nets) > 1 else []
    for quantity in group.quantities:
        columns.append(Column(quantity_words(t, quantity), numeric=True))
        if quantity in counted:
            columns.append(Column(t("table.computed"), numeric=True))
            columns.append(Column(t("table.verdict"), short=""))
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
            cells += _cells(t, one, notes, strong=bold) if one else [EMPTY] * (3 if wide else 1)
            if one and wide and not one.is_counted:
                cells += [EMPTY, EMPTY]
        rows.append(cells)
    return TableBlock(
        caption=caption_of(t, group),
        columns=columns,
        rows=rows,
        notes=list(notes),
        dense=len(columns) >= _DENSE,
    )


def caption_of(t: Messages, group: ClaimGroup) -> str:
    """Name the table, its net if there is one, and its conventions."""
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
    return t("report_claims.caption", table=name, conventions=t("table.semicolon").join(parts))


def few(t: Messages, names: Sequence[str], most: int = 3) -> str:
    """Write a few names, or the first and the number of others."""
    if len(names) <= most:
        return ", ".join(names)
    return t("report_claims.few", first=names[0], number=len(names) - 1)


def computed_text(one: ClaimResult) -> str:
    """Write a computed figure: counts with every digit, others in the printed format."""
    if one.computed is None:
        return ""
    if isinstance(one.computed, int) and one.quantity in ("madds", "params"):
        return format_exact(one.computed)
    return _as_printed(one)


def _as_printed(one: ClaimResult) -> str:
    """Write a computed figure in the printed format, with one more digit."""
    return "" if one.computed is None else Figure.parse(one.printed).beside(one.computed)


def distance_text(t: Messages, one: ClaimResult) -> str:
    """Write "cut" for a truncated figure, else the difference in percent."""
    if one.verdict == "reproduced":
        return t("report_claims.cut") if one.match == "truncated" else ""
    percent = None if one.quantity in DELTAS else one.difference_percent
    return format_signed_percent(percent)


def _is_time(quantity: str) -> bool:
    return quantity.startswith("latency_") and quantity not in DELTAS


def _is_counted(group: ClaimGroup, quantity: str) -> list[bool]:
    return [one.is_counted for one in group.results if one.quantity == quantity]


def _cells(t: Messages, one: ClaimResult, notes: dict[str, int], *, strong: bool) -> list[Cell]:
    """Return the printed figure, with two more cells for a computed kind."""
    text = [one.remark] if one.verdict == "erratum" else []
    if not one.is_counted:
        badge = one.verdict if one.verdict == "erratum" else ""
        return [Cell(one.printed, badge=badge, marks=_marks(notes, text))]
    if one.verdict == "not computable":
        text.append(reason_words(t, one.reason or ""))
    cut = _CUT if one.match == "truncated" else ""
    return [
        Cell(one.printed, strong=strong),
        Cell(computed_text(one), strong=strong, short=_as_printed(one)),
        Cell(distance_text(t, one), badge=one.verdict, marks=_marks(notes, text), short=cut),
    ]


def _row_notes(t: Messages, row: Sequence[ClaimResult]) -> list[str]:
    """Return the notes of a row other than errata, each text once."""
    texts = [one.remark for one in row if one.verdict != "erratum" and one.remark]
    return list(dict.fromkeys(place_words(t, text) for text in texts))


def _marks(notes: dict[str, int], texts: Sequence[str]) -> tuple[int, ...]:
    """Number texts as notes of a table; an existing one keeps its number."""
    return tuple(notes.setdefault(text, len(notes) + 1) for text in texts if text)


def _net(one: ClaimResult) -> str:
    return str(VariantName.of(one.model, width=None if one.width == 1 else one.width))
