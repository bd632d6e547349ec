"""What is easily misread in the net's paper, counted both ways."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.document import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Section,
    TableBlock,
    Text,
)
from archcalc.base.messages import Messages
from archcalc.base.units import format_exact, format_signed, format_signed_percent
from archcalc.cost.claims.explain import Change, Explanation, Remark, RemarkKind, explain
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.language.spec.spec import Spec
from archcalc.output.present.claims import few
from archcalc.output.present.words import convention_words, place_words, quantity_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject

_COUNTED: dict[RemarkKind, tuple[str, str]] = {
    "convention": ("as_counted", "by_convention"),
    "pitfall": ("as_stands", "as_misread"),
}
"""The kinds with figures before and after, and what these are called."""
_SAID: tuple[RemarkKind, ...] = ("note", "misprint")
"""The kinds of words alone; printed figures have a chapter of their own."""


def make(subject: Subject) -> Section | None:
    """Return the remarks, and where the printed figures stand that are off."""
    t = subject.t
    blocks = remark_blocks(t, subject.net.spec.as_filed)
    if not blocks:
        return None
    if subject.claims.results:
        title = t("report_claims.title")
        blocks.append(Text(t("report_pitfalls.verdicts", title=title)))
    return Section("pitfalls", t("report_pitfalls.title"), blocks)


def remark_blocks(t: Messages, spec: Spec) -> list[Block]:
    """Return the remarks by kind: those with two readings as tables, the others as text."""
    found = explain(spec)
    kinds: dict[RemarkKind, list[Remark]] = {}
    for remark in found.remarks:
        if remark.kind in _COUNTED or not remark.changes:
            kinds.setdefault(remark.kind, []).append(remark)
    elsewhere = t("report_pitfalls.elsewhere")
    blocks: list[Block] = [
        _table(t, found, kind, kinds[kind]) for kind in _COUNTED if kind in kinds
    ]
    for kind in _SAID:
        if kind in kinds:
            blocks.append(Heading(t(f"report_pitfalls.{kind}")))
            blocks.append(Facts([(_place(t, one) or elsewhere, one.what) for one in kinds[kind]]))
    return blocks


def _table(
    t: Messages, found: Explanation, kind: RemarkKind, remarks: Sequence[Remark]
) -> TableBlock:
    heads = [
        Column(t("report_pitfalls.what"), wide=True),
        Column(t("report_pitfalls.figure")),
        *(Column(t(f"report_pitfalls.{head}"), numeric=True) for head in _COUNTED[kind]),
        Column(t("report_pitfalls.difference"), numeric=True),
    ]
    rows: list[list[Cell]] = []
    begins = []
    for remark in remarks:
        begins.append(len(rows))
        text = _text(t, found, remark)
        for change in remark.changes:
            rows.append([Cell(text), *_cells(t, change)])
            text = ""
    caption = t(f"report_pitfalls.{kind}", net=found.table.net.title)
    return TableBlock(caption, heads, rows, groups=dict.fromkeys(begins, ""))


def _text(t: Messages, found: Explanation, remark: Remark) -> str:
    what = remark.what
    if remark.kind == "convention" and remark.changes:
        convention = CONVENTIONS[remark.changes[0].convention]
        what = f"{convention.name}: {convention_words(t, convention)}"
    variants = dict.fromkeys(one.net for one in remark.changes if one.net != found.table.net.title)
    places = [part for part in (_place(t, remark), *variants) if part]
    place = t("report.semicolon").join(places)
    return t("report_pitfalls.with_place", what=what, place=place) if place else what


def _place(t: Messages, remark: Remark) -> str:
    """Return tables and rows in words; of many, the first."""
    places = few(t, [place_words(t, place) for place in remark.places])
    rows = t("place.rows", rows=", ".join(remark.rows)) if remark.rows else ""
    return t("report.comma").join(part for part in (places, rows) if part)


def _cells(t: Messages, change: Change) -> list[Cell]:
    """Return the figure, before and after, and how far they are apart."""
    before, after = int(change.counted or 0), int(change.instead or 0)
    distance = format_signed_percent(change.difference_percent)
    if change.difference is not None and distance[1:] == "0.00%":
        distance = format_signed(change.difference)
    if change.printed:
        distance = t("report_pitfalls.printed", difference=distance, printed=change.printed)
    figure = quantity_words(t, change.quantity)
    return [Cell(figure), Cell(format_exact(before)), Cell(format_exact(after)), Cell(distance)]


SECTION = SectionKind("pitfalls", {"net": 85}, make)
