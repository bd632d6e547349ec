"""``archcalc doctor``: what is installed, and what each missing package would enable."""

from __future__ import annotations

import platform
from collections.abc import Iterator

from archcalc.base.installed import DoctorTable, packages
from archcalc.base.tables import Record
from archcalc.cli._output import Output

EXAMPLE = "archcalc doctor --format json"


def doctor(output: Output) -> None:
    """List what is installed, and what a missing package is for."""
    from archcalc._version import __version__

    table = DoctorTable(
        archcalc=__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        packages=tuple(packages()),
        pdf_engines=tuple(_pdf_engines()),
        fonts=tuple(_fonts()),
    )
    output.emit(table)


def _pdf_engines() -> Iterator[Record]:
    from archcalc.output.reporting.engines import engines

    for name, engine in engines().items():
        missing = engine.missing()
        yield {
            "engine": name,
            "available": not missing,
            "version": engine.version(),
            "missing": missing,
        }


def _fonts() -> Iterator[Record]:
    from archcalc.output.render.fonts import FAMILIES, families_missing

    missing = families_missing()
    for family in FAMILIES:
        yield {"font": family.title, "available": family.title not in missing}
