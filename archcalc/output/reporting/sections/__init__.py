"""The chapters of reports, one a file, found by scanning the folder.

A file defines ``SECTION``, a `SectionKind`: its place by kind of report, and a function that makes
it from a `Subject`, or returns None. Chapters that differ only in their tables share a file, which
defines ``SECTIONS``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archcalc.base.document import Section
from archcalc.output.reporting.subject import ReportKind, Subject


@dataclass(frozen=True)
class SectionKind:
    """A chapter; ``place``: its order by kind of report, lower ones first."""

    name: str
    place: dict[ReportKind, int]
    make: Callable[[Subject], Section | None]


@cache
def section_kinds() -> dict[str, SectionKind]:
    """Return every chapter by its name."""
    names = [info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name[0] != "_"]
    kinds = [one for own in modules for one in getattr(own, "SECTIONS", None) or (own.SECTION,)]
    return {one.name: one for one in kinds}


def sections_of(subject: Subject) -> list[Section]:
    """Return the chapters of a report on ``subject``, in order."""
    kinds = [one for one in section_kinds().values() if subject.kind in one.place]
    kinds.sort(key=lambda one: (one.place[subject.kind], one.name))
    made = [one.make(subject) for one in kinds]
    return [section for section in made if section is not None]
