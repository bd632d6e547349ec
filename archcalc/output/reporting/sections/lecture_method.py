"""The method of the lecture's figures, and how to reproduce them."""

from __future__ import annotations

import sys

from archcalc._version import __version__
from archcalc.base.document import Facts, Section
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.language.spec.paper_table import paper_table
from archcalc.output.present.words import convention_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return conventions, rules, versions and the command."""
    t = subject.t
    used = dict.fromkeys(one.convention for one in subject.claims.results if one.is_counted)
    asserted = sum(
        len(row.asserted)
        for spec in dict.fromkeys(net.spec for net in subject.nets)
        for row in paper_table(spec).rows
    )
    built = t("report_lecture_method.built_is", count=len(subject.nets), asserted=asserted)
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    pairs = [
        (t("report_lecture_method.counted"), t("report_lecture_method.counted_is")),
        *((name, convention_words(t, CONVENTIONS[name])) for name in sorted(used)),
        (t("report_lecture_method.built"), built),
        (t("report_lecture_method.judged"), t("report_lecture_method.judged_is")),
        (t("report_lecture_method.not_here"), t("report_lecture_method.not_here_is")),
        (t("report_lecture_method.again"), "archcalc check"),
        (t("report_lecture_method.versions"), f"archcalc {__version__}, {python}"),
    ]
    return Section("method", t("report_lecture_method.title"), [Facts(pairs)])


SECTION = SectionKind("lecture_method", {"lecture": 130}, make)
