"""Every misprint of the lecture's tables in one place."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text
from archcalc.language.spec.paper_table import paper_table
from archcalc.output.present.claims import computed_text
from archcalc.output.present.words import paper_table_words, place_words, quantity_words
from archcalc.output.reporting.lecture import LAYER_TABLES, net_of, shown_groups
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
    """Return errata of figures, then of rows, then of formulas; None without any."""
    t = subject.t
    tables = [one for one in (_figures(subject), _rows(subject)) if one.rows]
    if not tables:
        return None
    blocks: list[Block] = [Text(t("report_lecture_errata.about")), *tables]
    formulas = t("report_lecture_separable.title")
    blocks.append(Text(t("report_lecture_errata.formulas", title=formulas)))
    return Section("errata", t("report_lecture_errata.title"), blocks)


def _figures(subject: Subject) -> TableBlock:
    t = subject.t
    columns = [
        Column(t("report_lecture_errata.table")),
        Column(t("report_lecture_errata.row")),
        Column(t("report_lecture_errata.figure")),
        Column(t("table.printed"), numeric=True),
        Column(t("table.computed"), numeric=True),
        Column(t("report_lecture_errata.what"), wide=True),
    ]
    rows: list[list[Cell]] = []
    begins = []
    for group in shown_groups(subject):
        found = [one for one in group.results if one.verdict == "erratum"]
        if found:
            begins.append(len(rows))
        rows += [
            [
                Cell(place_words(t, group.table.name) if index == 0 else ""),
                Cell(one.row),
                Cell(quantity_words(t, one.quantity)),
                Cell(one.printed),
                Cell(computed_text(one)),
                Cell(one.remark),
            ]
            for index, one in enumerate(found)
        ]
    return TableBlock(
        t("report_lecture_errata.figures"),
        columns,
        rows,
        groups=dict.fromkeys(begins, ""),
        dense=True,
    )


def _rows(subject: Subject) -> TableBlock:
    t = subject.t
    columns = [
        Column(t("table.net")),
        Column(t("report_lecture_errata.table")),
        Column(t("report_lecture_errata.row"), numeric=True),
        Column(t("report_lecture_errata.what"), wide=True),
    ]
    rows = []
    for name in LAYER_TABLES:
        own = net_of(subject, name)
        spec = own.net.spec if own else None
        if spec is None or spec.paper is None:
            continue
        place = paper_table_words(t, spec.paper)
        rows += [
            [Cell(spec.title), Cell(place), Cell(str(row.number)), Cell(row.erratum)]
            for row in paper_table(spec).rows
            if row.erratum is not None
        ]
    return TableBlock(t("report_lecture_errata.rows"), columns, rows)


SECTION = SectionKind("lecture_errata", {"lecture": 120}, make)
