"""Standard against depthwise-separable convolution: the lecture's example and its formulas."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Facts, Section, TableBlock, Text
from archcalc.base.names import sides_text, size_text
from archcalc.base.units import format_exact, format_share
from archcalc.output.charts.lessons import separable_ratio
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import SeparableComparison, compare_separable, sweep_separable

_KERNELS = (3, 5, 7)
_CHANNELS = range(4, 257, 2)


def make(subject: Subject) -> Section:
    """Return formulas, the example in numbers, misprinted formulas, and the ratio."""
    t = subject.t
    example, valid = compare_separable(), compare_separable(pad="valid")
    params, madds = (format_share(ratio) for ratio in (example.params_ratio, example.madds_ratio))
    result = t(
        "report_lecture_separable.result",
        params=params,
        madds=madds,
        fraction=example.madds_ratio,
        n=example.out_channels,
        k=example.kernel,
    )
    without = t(
        "report_lecture_separable.valid",
        output=size_text(valid.standard.output),
        standard=format_exact(valid.standard.madds),
        separable=format_exact(valid.madds),
    )
    sweeps = [sweep_separable("out_channels", _CHANNELS, kernel=kernel) for kernel in _KERNELS]
    picture, alt = separable_ratio(sweeps), t("report_lecture_separable.alt")
    blocks: list[Block] = [
        Text(t("report_lecture_separable.about")),
        _formulas(subject),
        _example(subject, example),
        Text(result),
        Text(without),
        picture_block(picture, t("report_lecture_separable.picture"), alt, 0.8, 3.4),
        _misprints(subject, example, valid),
    ]
    return Section("separable", t("report_lecture_separable.title"), blocks)


def _formulas(subject: Subject) -> Facts:
    t = subject.t
    pairs = []
    for name in ("standard", "separable"):
        for quantity in ("params", "madds"):
            formula = t(f"report_lecture_separable.{name}_{quantity}")
            text = t(f"report_lecture_separable.{quantity}_formula", formula=formula)
            pairs.append((t(f"report_lecture_separable.{name}"), text))
    ratio = t("report_lecture_separable.ratio_formula")
    pairs.append((t("report_lecture_separable.ratio"), ratio))
    pairs.append(("D_F", t("report_lecture_separable.side")))
    return Facts(pairs)


def _example(subject: Subject, example: SeparableComparison) -> TableBlock:
    t = subject.t
    columns = [
        Column(t("report_lecture_separable.convolution")),
        Column(t("report.op")),
        Column(t("report.input")),
        Column(t("report.output")),
        Column(t("report.params"), numeric=True),
        Column(t("report.madds"), numeric=True),
    ]
    names = ("standard", "depthwise", "pointwise", "sum")
    rows = [
        [
            Cell(t(f"report_lecture_separable.{name}")),
            Cell(record["op"] or ""),
            Cell(record["input"]),
            Cell(record["output"]),
            Cell(format_exact(record["params"])),
            Cell(format_exact(record["madds"])),
        ]
        for name, record in zip(names, example.records(), strict=True)
    ]
    caption = t("report_lecture_separable.example", title=example.title)
    return TableBlock(caption, columns, rows, groups=dict.fromkeys({1, 3}, ""))


def _misprints(
    subject: Subject, example: SeparableComparison, valid: SeparableComparison
) -> TableBlock:
    """Return each misprinted formula with the right one, for an output of either size."""
    t = subject.t
    cases = (example, valid)
    sides = [sides_text(*one.standard.output[1:]) for one in cases]
    columns = [
        Column(t("report_lecture_separable.where"), wide=True),
        Column(t("report_lecture_separable.as_printed"), wide=True),
        Column(t("report_lecture_separable.meant"), wide=True),
        *(
            Column(t(f"report_lecture_separable.{name}", output=side), numeric=True)
            for side in sides
            for name in ("gives", "right")
        ),
    ]
    rows = []
    for number, found in enumerate(zip(*(one.misprints for one in cases), strict=True), 1):
        words = {
            name: t(key) if (key := f"report_lecture_separable.misprint_{number}_{name}") in t else
            getattr(found[0], name)
            for name in ("printed", "meant")
        }  # fmt: skip
        rows.append(
            [
                Cell(t(f"report_lecture_separable.misprint_{number}_where")),
                Cell(words["printed"]),
                Cell(words["meant"]),
                *(
                    Cell(format_exact(figure))
                    for misprint in found
                    for figure in (misprint.value, misprint.computed)
                ),
            ]
        )
    return TableBlock(t("report_lecture_separable.misprints"), columns, rows, dense=True)


SECTION = SectionKind("lecture_separable", {"lecture": 30}, make)
