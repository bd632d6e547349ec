"""Information loss of ReLU: the spiral of MobileNet V2's Figure 1, and its lost share."""

from __future__ import annotations

from archcalc.base.document import Block, Section, Text
from archcalc.output.charts.lessons import manifold
from archcalc.output.present.lessons import losses_table
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
        losses_table(t, manifold_study(_CHANNELS, draws=_DRAWS, points=_POINTS)),
        Text(t("report_lecture_relu.read")),
        Text(t("report_lecture_relu.lesson")),
    ]
    return Section("relu", t("report_lecture_relu.title"), blocks)


SECTION = SectionKind("lecture_relu", {"lecture": 60}, make)
