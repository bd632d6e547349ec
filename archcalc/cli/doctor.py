"""``archcalc doctor``: what is installed, and what each missing package would enable."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from archcalc.base.tables import Record, Table
from archcalc.cli._options import Files, Force, Format, Lang
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Column, Grid, Screen

EXAMPLE = "archcalc doctor --format json"

_ENABLES = {
    "": "counting, checking, comparing",
    "torch": "to_torch, measure",
    "crosscheck": "crosscheck",
    "onnx": "export to ONNX, and running it",
    "frames": "to_frame() of every table",
    "charts": "charts",
    "reports": "reports as HTML and PDF, workbooks",
    "dashboard": "the dashboard",
    "lessons": "the lessons' real images",
    "dev": "archcalc's own tests",
}
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<extras>\[[^]]*\])?(?P<rest>.*)", re.DOTALL)
_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<extra>[^'\"]+)['\"]")


def doctor(
    format_: Format = TABLE, output: Files = None, force: Force = False, lang: Lang = "en"
) -> None:
    """List what is installed, and what a missing package is for."""
    from archcalc._version import __version__

    chosen = Output.of(format_, output, force=force, language=lang)
    table = DoctorTable(
        archcalc=__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        packages=tuple(_packages()),
        pdf_engines=tuple(_pdf_engines()),
        fonts=tuple(_fonts()),
    )
    chosen.emit(table, lambda screen: _show(table, screen))


@dataclass(frozen=True)
class DoctorTable(Table):
    """Versions of this installation."""

    archcalc: str
    python: str
    platform: str
    packages: tuple[Record, ...]
    pdf_engines: tuple[Record, ...]
    """What makes PDF, the preferred one first: ``missing`` says what it lacks, "" for nothing."""
    fonts: tuple[Record, ...]
    """The families that reports embed, and whether their files are there."""

    @property
    def title(self) -> str:
        return f"archcalc {self.archcalc} · Python {self.python} · {self.platform}"

    def to_dict(self) -> Record:
        return {
            "archcalc": self.archcalc,
            "python": self.python,
            "platform": self.platform,
            "packages": list(self.packages),
            "pdf_engines": list(self.pdf_engines),
            "fonts": list(self.fonts),
        }

    def records(self) -> list[Record]:
        return [
            {**one, "extras": ", ".join(one["extras"]), "enables": "; ".join(one["enables"])}
            for one in self.packages
        ]


def _packages() -> Iterator[Record]:
    """Yield every package that archcalc's own metadata names, those of the base first."""
    extras: dict[str, set[str]] = {}
    for requirement in metadata.requires("archcalc") or ():
        parts = _REQUIREMENT.match(requirement)
        if parts is None or parts["name"] == "archcalc":
            continue
        marker = _EXTRA.search(parts["rest"])
        extras.setdefault(parts["name"], set()).add(marker["extra"] if marker else "")
    order = [*_ENABLES]
    for package, named in sorted(extras.items(), key=lambda item: _rank(order, *item)):
        wanted = sorted(named - {"all"}, key=lambda extra: _rank(order, extra, {extra}))
        yield {
            "package": package,
            "version": _version(package),
            "extras": [extra for extra in wanted if extra],
            "enables": [_ENABLES.get(extra, extra) for extra in wanted],
        }


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


def _rank(order: list[str], name: str, extras: set[str]) -> tuple[int, str]:
    """Order names by the first of their extras, then by letters."""
    places = [order.index(extra) for extra in extras if extra in order]
    return min(places, default=len(order)), name.lower()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _show(table: DoctorTable, screen: Screen) -> None:
    screen.line(table.title, "bold")
    grid = Grid((Column("package"), Column("version"), Column("extra", fold=True)))
    missing: dict[str, list[str]] = {}
    for entry, record in zip(table.packages, table.records(), strict=True):
        version = entry["version"]
        cells = (entry["package"], version or "missing", record["extras"])
        grid.add(*cells, style=("", "" if version else "yellow", ""))
        if version is None:
            for extra in entry["extras"][:1]:
                missing.setdefault(extra, []).append(entry["package"])
    screen.table(grid)
    screen.blank()
    for extra, packages in missing.items():
        enables = _ENABLES.get(extra, extra)
        screen.items(
            [("·", f"pip install 'archcalc[{extra}]' adds {', '.join(packages)}, for {enables}")]
        )
    if not missing:
        screen.line("nothing is missing", "green")
    _show_reporting(table, screen)


def _show_reporting(table: DoctorTable, screen: Screen) -> None:
    screen.blank()
    for one in table.pdf_engines:
        said = one["version"] if one["available"] else one["missing"]
        screen.items([(f"PDF by {one['engine']}:", said)], "" if one["available"] else "yellow")
    names = [one["font"] for one in table.fonts if one["available"]]
    lost = [one["font"] for one in table.fonts if not one["available"]]
    screen.items([("fonts of reports:", ", ".join(names) or "none")])
    if lost:
        screen.items([("fonts missing:", ", ".join(lost))], "yellow")
