"""What is easily misread in a net's paper: each remark with the figures before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from archcalc.base.document import (
    EMPTY,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Note,
    Section,
    TableBlock,
    Text,
)
from archcalc.base.messages import Messages
from archcalc.base.units import Figure, format_exact, format_signed, format_signed_percent
from archcalc.cost.claims.explain import Change, Explanation, Remark, RemarkKind
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.output.present.claims import few
from archcalc.output.present.words import convention_words, place_words, quantity_words

_HEADS: dict[RemarkKind, tuple[str, str]] = {
    "convention": ("as_counted", "by_convention"),
    "pitfall": ("as_is", "as_misread"),
}
"""The heads of the figures before and after; for other kinds, printed and counted."""


def present(found: Explanation, t: Messages, *, figures: int | None = None) -> Section:
    """Return the net's totals and its remarks; ``figures``: maximum figures per remark."""
    cost = found.table
    totals = t(
        "explain.totals",
        net=cost.title,
        madds=format_exact(cost.madds),
        params=format_exact(cost.params),
    )
    blocks: list[Block] = [Text(totals), *remark_blocks(t, found, figures=figures)]
    if not found.remarks:
        blocks.append(Text(t("explain.nothing")))
    if found.more:
        blocks.append(Note(t("explain.more_checked", command=f"archcalc check {cost.net.name}")))
    return Section("explain", cost.net.spec.title, blocks)


def remark_blocks(
    t: Messages, found: Explanation, *, claims: bool = True, figures: int | None = None
) -> Iterator[Block]:
    """Yield the remarks by kind: those with figures as a table, the others as facts.

    ``claims``: those on printed figures too. ``figures``: maximum figures per remark.
    """
    for kind, run in groupby(found.remarks, lambda remark: remark.kind):
        remarks = [one for one in run if claims or kind in _HEADS or not one.changes]
        counted = [one for one in remarks if one.changes and kind != "note"]
        said = [one for one in remarks if one not in counted]
        if counted:
            yield _table(t, found, kind, counted, figures)
        elif said:
            yield Heading(_title(t, kind, found))
        if said:
            elsewhere = t("explain.elsewhere")
            yield Facts([(_place(t, one) or elsewhere, one.what) for one in said])


def _title(t: Messages, kind: RemarkKind, found: Explanation) -> str:
    return t(f"explain.{kind}", net=found.table.net.title)


def _table(
    t: Messages,
    found: Explanation,
    kind: RemarkKind,
    remarks: Sequence[Remark],
    figures: int | None,
) -> TableBlock:
    """Return figures before and after, below their remarks."""
    if kind in _HEADS:
        before, after = (t(f"explain.{head}") for head in _HEADS[kind])
    else:
        before, after = t("table.printed"), t("table.computed")
    columns = [
        Column(t("explain.figure")),
        Column(before, numeric=True),
        Column(after, numeric=True),
        Column(t("table.difference"), wide=True),
    ]
    rows: list[list[Cell]] = []
    groups: dict[int, str] = {}
    for remark in remarks:
        groups[len(rows)] = _text(t, found, remark)
        # equal rows are shown once
        cells = list(dict.fromkeys(tuple(_cells(t, change)) for change in remark.changes))
        shown = cells[:figures]
        rows += map(list, shown)
        if len(shown) < len(cells):
            more = t("explain.more_figures", number=len(cells) - len(shown))
            rows.append([Cell(more, tone="dim"), EMPTY, EMPTY, EMPTY])
    return TableBlock(_title(t, kind, found), columns, rows, groups=groups)


def _text(t: Messages, found: Explanation, remark: Remark) -> str:
    """Return the text of a remark, with its place and variants."""
    what, where = remark.what, _place(t, remark)
    if remark.kind not in _HEADS:
        return t("explain.of_place", what=what, place=where) if what and where else where or what
    if remark.kind == "convention":
        convention = CONVENTIONS[remark.changes[0].convention]
        what = f"{convention.name}: {convention_words(t, convention)}"
    variants = dict.fromkeys(one.net for one in remark.changes if one.net != found.table.net.title)
    place = t("table.semicolon").join(filter(None, [where, *variants]))
    return t("explain.with_place", what=what, place=place) if place else what


def _place(t: Messages, remark: Remark) -> str:
    """Return tables and rows in words; of many, the first."""
    places = few(t, [place_words(t, place) for place in remark.places])
    rows = t("place.rows", rows=", ".join(remark.rows)) if remark.rows else ""
    return t("table.comma").join(part for part in (places, rows) if part)


def _cells(t: Messages, change: Change) -> list[Cell]:
    """Return the figure before and after, and the difference."""
    distance = format_signed_percent(change.difference_percent)
    if change.instead is not None:
        before, after = format_exact(int(change.counted or 0)), format_exact(change.instead)
        if change.difference is not None and distance[1:] == "0.00%":
            distance = format_signed(change.difference)
        if change.printed:
            distance = t("explain.as_printed", difference=distance, printed=change.printed)
    else:
        before = change.printed or ""
        after = "" if change.counted is None else Figure.parse(before).beside(change.counted)
    return [Cell(quantity_words(t, change.quantity)), Cell(before), Cell(after), Cell(distance)]
