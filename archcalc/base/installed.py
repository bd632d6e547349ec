"""What is installed of the packages that archcalc's metadata requires, by extra."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import ClassVar

from archcalc.base.tables import Record, Table

ENABLES = {
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
"""What each extra is for, the base first."""
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<extras>\[[^]]*\])?(?P<rest>.*)", re.DOTALL)
_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<extra>[^'\"]+)['\"]")


@dataclass(frozen=True)
class DoctorTable(Table):
    """Versions of this installation, and what each missing package would enable."""

    kind: ClassVar[str] = "installation"
    archcalc: str
    python: str
    platform: str
    packages: tuple[Record, ...]
    pdf_engines: tuple[Record, ...]
    """PDF engines, the preferred first; ``missing``: what one lacks, "" for nothing."""
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


def packages() -> Iterator[Record]:
    """Yield every package that archcalc's metadata requires, those of the base first."""
    extras: dict[str, set[str]] = {}
    for requirement in metadata.requires("archcalc") or ():
        parts = _REQUIREMENT.match(requirement)
        if parts is None or parts["name"] == "archcalc":
            continue
        marker = _EXTRA.search(parts["rest"])
        extras.setdefault(parts["name"], set()).add(marker["extra"] if marker else "")
    order = [*ENABLES]
    for package, named in sorted(extras.items(), key=lambda item: _rank(order, *item)):
        wanted = sorted(named - {"all"}, key=lambda extra: _rank(order, extra, {extra}))
        yield {
            "package": package,
            "version": _version(package),
            "extras": [extra for extra in wanted if extra],
            "enables": [ENABLES.get(extra, extra) for extra in wanted],
        }


def _rank(order: list[str], name: str, extras: set[str]) -> tuple[int, str]:
    """Order names by the first of their extras, then by letters."""
    places = [order.index(extra) for extra in extras if extra in order]
    return min(places, default=len(order)), name.lower()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
