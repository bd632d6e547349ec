"""A page as PDF, by the first engine that is there or by the one that is asked for."""

from __future__ import annotations

import os

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.output.files.ours import marked
from archcalc.output.reporting.engines import Engine, engines

ENVIRONMENT = "ARCHCALC_PDF_ENGINE"
"""The variable that names the engine where nothing else does."""


class NoPdfEngine(ArchcalcError):
    """No engine can make a PDF here, or the one that was asked for cannot."""


def to_pdf(html: str, engine: Engine | None = None) -> bytes:
    """Return a page as a tagged PDF: the same bytes for the same page, engine and version.

    Raises NoPdfEngine where there is none, and EngineFailed.
    """
    return marked((engine or engine_of(None)).pdf(html), "pdf")


def engine_of(name: str | None) -> Engine:
    """Return an engine by its name, the variable's by default, else the first that is there.

    Raises UnknownName, and NoPdfEngine with what each of them lacks.
    """
    known = engines()
    name = name or os.environ.get(ENVIRONMENT) or None
    if name is not None and name not in known:
        raise UnknownName("PDF engine", name, known)
    asked = list(known.values()) if name is None else [known[name]]
    lacking = []
    for engine in asked:
        missing = engine.missing()
        if not missing:
            return engine
        lacking.append(missing)
    raise NoPdfEngine(f"no PDF engine: {'; '.join(lacking)}")
