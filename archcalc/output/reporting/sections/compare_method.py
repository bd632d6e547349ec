"""The method of a comparison: conventions, alignment and commands."""

from __future__ import annotations

import sys

from archcalc._version import __version__
from archcalc.base.document import Facts, Section
from archcalc.output.present.words import convention_words
from archcalc.output.reporting.command import comparison_command, count_command
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the rules by name, and a command for each net."""
    t, convention = subject.t, subject.cost.convention
    about = convention_words(t, convention)
    counted = t("report_compare_method.counted_is", batch=subject.batch, dtype=subject.dtype)
    first = subject.net.title
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    measured = []
    for table in list(subject.latencies.values())[:1]:
        machine = table.machine
        measured = [
            (t("report_compare_method.measured"), f"{machine.get('cpu')}, {machine.get('os')}")
        ]
        python = f"Python {machine.get('python')}, torch {machine.get('torch')}"
    pairs = [
        (t("report_compare_method.convention"), f"{convention.name}: {about}"),
        (t("report_compare_method.counted"), counted),
        (
            t("report_compare_method.differences"),
            t("report_compare_method.differences_are", first=first),
        ),
        (t("report_compare_method.aligned"), t("report_compare_method.aligned_is")),
        (t("report_compare_method.counts"), "; ".join(map(count_command, subject.costs))),
        (t("report_compare_method.again"), comparison_command(subject)),
        *measured,
        (t("report_compare_method.versions"), f"archcalc {__version__}, {python}"),
    ]
    return Section("method", t("report_compare_method.title"), [Facts(pairs)])


SECTION = SectionKind("compare_method", {"comparison": 90}, make)
