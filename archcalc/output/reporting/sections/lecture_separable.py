"""Standard against depthwise-separable convolution: the lecture's example and its formulas."""

from __future__ import annotations

from archcalc.base.document import Block, Facts, Section, Text
from archcalc.base.names import size_text
from archcalc.base.units import format_exact, format_share
from archcalc.output.charts.lessons import separable_ratio
from archcalc.output.present.lessons import convolutions_table, misprints_table
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import compare_separable, sweep_separable

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
        convolutions_table(t, example, t("report_lecture_separable.example", title=example.title)),
        Text(result),
        Text(without),
        picture_block(picture, t("report_lecture_separable.picture"), alt, 0.8, 3.4),
        misprints_table(t, (example, valid), t("report_lecture_separable.misprints")),
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


SECTION = SectionKind("lecture_separable", {"lecture": 30}, make)
