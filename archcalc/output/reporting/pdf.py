"""Converts a page to PDF, by the first available or the named engine."""

from __future__ import annotations

import os

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.output.files.ours import marked
from archcalc.output.reporting.engines import Engine, engines

ENVIRONMENT = "ARCHCALC_PDF_ENGINE"
"""The environment variable of the default engine."""


class NoPdfEngine(ArchcalcError):
    """No PDF engine is available, or not the named one."""


def to_pdf(html: str, engine: Engine | None = None) -> bytes:
    """Return a page as a tagged PDF: the same bytes for the same page, engine and version.

    Raises NoPdfEngine where there is none, and EngineFailed.
    """
    return marked((engine or engine_of(None)).pdf(html), "pdf")


def engine_of(name: str | None) -> Engine:
    """Return an engine by name, default: the environment variable's, else the first available.

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
