"""The lecture's tables at a glance: numbers of figures by verdict."""

from __future__ import annotations

from collections import Counter

from archcalc.base.document import (
    Block,
    Cell,
    Column,
    Section,
    TableBlock,
    Text,
    Tile,
    Tiles,
)
from archcalc.base.units import format_count, format_decimal, format_exact
from archcalc.cost.claims.results import CLOSE_PERCENT, VERDICTS
from archcalc.language.spec.paper_table import paper_table
from archcalc.output.present.words import paper_table_words, place_words
from archcalc.output.reporting.lecture import LAYER_TABLES, about_words, net_of, shown_groups
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the verdicts of all figures, then table by table, then the tables of layers."""
    t = subject.t
    verdicts = Counter(one.verdict for group in shown_groups(subject) for one in group.results)
    tiles = [
        Tile(str(verdicts[one]), t("report_lecture_overview.count"), badge=one)
        for one in VERDICTS
        if verdicts[one]
    ]
    blocks: list[Block] = [
        Text(t("report_lecture_overview.about")),
        Tiles(tiles),
        Text(t("report_lecture_overview.verdicts", close=f"{format_decimal(CLOSE_PERCENT)}%")),
    ]
    blocks += [_figures(subject), _layers(subject)]
    return Section("overview", t("report_lecture_overview.title"), blocks)


def _figures(subject: Subject) -> TableBlock:
    t = subject.t
    groups = shown_groups(subject)
    columns = [
        Column(t("report_lecture_overview.table")),
        Column(t("report_lecture_overview.what"), wide=True),
        Column(t("report_lecture_overview.rows"), numeric=True),
        Column(t("report_lecture_overview.figures"), numeric=True),
        *(Column(t(f"verdict.{one}"), numeric=True) for one in VERDICTS),
    ]
    rows = []
    total: Counter[str] = Counter()
    for group in groups:
        own = Counter[str](one.verdict for one in group.results)
        total += own
        rows.append(
            [
                Cell(place_words(t, group.table.name)),
                Cell(about_words(t, group.table)),
                Cell(str(len(group.rows))),
                Cell(str(len(group.results))),
                *(Cell(str(own[one]) if own[one] else "") for one in VERDICTS),
            ]
        )
    count = [sum(len(group.rows) for group in groups), total.total()]
    foot = [Cell(t("table.total")), Cell(""), *(Cell(str(one), strong=True) for one in count)]
    foot += [Cell(str(total[one]), strong=True) for one in VERDICTS]
    return TableBlock(t("report_lecture_overview.claims"), columns, rows, [foot], dense=True)


def _layers(subject: Subject) -> TableBlock:
    t = subject.t
    columns = [
        Column(t("table.net")),
        Column(t("report_lecture_overview.table")),
        *(
            Column(t(f"report_lecture_overview.{name}"), numeric=True)
            for name in ("rows", "sizes", "misprints")
        ),
        Column(t("table.madds"), numeric=True),
        Column(t("table.params"), numeric=True),
    ]
    rows = []
    for name in LAYER_TABLES:
        own = net_of(subject, name)
        if own is None:
            continue
        spec, printed = own.net.spec, paper_table(own.net.spec).rows
        place = paper_table_words(t, spec.paper) if spec.paper else ""
        rows.append(
            [
                Cell(spec.title),
                Cell(place),
                Cell(str(len(printed))),
                Cell(str(sum(len(row.asserted) for row in printed))),
                Cell(format_count(sum(row.erratum is not None for row in printed))),
                Cell(format_exact(own.cost.madds)),
                Cell(format_exact(own.cost.params)),
            ]
        )
    return TableBlock(t("report_lecture_overview.layers"), columns, rows)


SECTION = SectionKind("lecture_overview", {"lecture": 10}, make)
