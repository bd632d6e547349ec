"""Information loss of ReLU: the spiral of MobileNet V2's Figure 1, and its lost share."""

from __future__ import annotations

from archcalc.base.document import Block, Cell, Column, Section, TableBlock, Text
from archcalc.base.units import format_share
from archcalc.output.charts.lessons import manifold
from archcalc.output.reporting.figures import picture_block
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject
from archcalc.studies.lessons import embed, manifold_study, spiral

_CHANNELS = (2, 3, 5, 15, 30)
"""The m of the paper's figure."""
_DRAWS, _POINTS = 25, 200


def make(subject: Subject) -> Section:
    """Return the spiral before and after, and the losses over many random T."""
    t = subject.t
    x = spiral(_POINTS)
    picture = manifold([embed(x, m) for m in _CHANNELS])
    blocks: list[Block] = [
        Text(t("report_lecture_relu.about")),
        picture_block(picture, t("report_lecture_relu.picture"), t("report_lecture_relu.alt"), 0.8),
        _losses(subject),
        Text(t("report_lecture_relu.read")),
        Text(t("report_lecture_relu.lesson")),
    ]
    return Section("relu", t("report_lecture_relu.title"), blocks)


def _losses(subject: Subject) -> TableBlock:
    t = subject.t
    study = manifold_study(_CHANNELS, draws=_DRAWS, points=_POINTS)
    medians: dict[int, dict[str, float]] = {}
    lost: dict[int, tuple[float, float]] = {}
    for record in study.records():
        medians.setdefault(record["m"], {})[record["decoder"]] = record["median"]
        lost[record["m"]] = record["lost"], record["expected_lost"]
    decoders = ("pinv", "fitted", "active")
    columns = [
        Column(t(f"report_lecture_relu.{name}"), numeric=True)
        for name in ("channels", "lost", "expected", *decoders)
    ]
    rows = [
        [
            Cell(str(m)),
            *(Cell(format_share(share, 1)) for share in lost[m]),
            *(Cell(format_share(medians[m][name], 1)) for name in decoders),
        ]
        for m in medians
    ]
    caption = t("report_lecture_relu.table", draws=_DRAWS, points=_POINTS)
    return TableBlock(caption, columns, rows)


SECTION = SectionKind("lecture_relu", {"lecture": 60}, make)
