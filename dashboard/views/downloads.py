"""What a view can be taken away as: a name of a file, and what writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from archcalc import CostTable
from archcalc.drawing import draw
from archcalc.errors import MissingPackage
from archcalc.formats import format_names, format_of
from archcalc.tables import Table

_MIME = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "tex": "application/x-tex",
    "html": "text/html",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


_WHOLE = ("xlsx",)
"""Formats that follow a net's knobs, and so are of its layers, however these are summed."""


@dataclass(frozen=True)
class Download:
    """A file: its name, its kind, and what makes its bytes when it is asked for."""

    file: str
    make: Callable[[], bytes]

    @property
    def suffix(self) -> str:
        """The suffix without its dot."""
        return self.file.rpartition(".")[2]

    @property
    def mime(self) -> str:
        """The media type."""
        return _MIME.get(self.suffix, "application/octet-stream")


def of_table(table: Table, name: str) -> list[Download]:
    """Return a table in every format that is installed; ``name`` is made fit for a file."""
    stem = file_stem(name)
    return [
        Download(f"{stem}.{suffix}", partial(_encoded, table, suffix))
        for suffix in format_names()
        if _is_installed(suffix)
    ]


def of_variant(table: CostTable, by: str, language: str) -> list[Download]:
    """Return everything of one variant: its table by a grouping, its workbook, report and spec."""
    title = table.net.title
    grouped = [
        one for one in of_table(table.by(by), f"{title} by {by}") if one.suffix not in _WHOLE
    ]
    whole = [one for one in of_table(table, title) if one.suffix in _WHOLE]
    return [*grouped, *whole, *of_report(table, language), *_sources(table)]


def of_report(table: CostTable, language: str) -> list[Download]:
    """Return a net's report as HTML and PDF."""
    stem = file_stem(f"{table.net.title} report")
    return [
        Download(f"{stem}.html", lambda: _report(table, language).encode()),
        Download(f"{stem}.pdf", lambda: _pdf(_report(table, language))),
    ]


def _sources(table: CostTable) -> list[Download]:
    net = table.net
    stem = file_stem(net.title)
    return [
        Download(f"{stem}.svg", partial(_drawn, table)),
        Download(f"{file_stem(net.name)}.yaml", net.spec.to_yaml().encode),
    ]


def _drawn(table: CostTable) -> bytes:
    return draw(table.net).svg.encode()


def _report(table: CostTable, language: str) -> str:
    from archcalc.reporting.compose import document_of
    from archcalc.reporting.html import render
    from archcalc.reporting.report import subject_of

    subject = subject_of(
        table.net, language=language, convention=table.convention.name, dtype=table.dtype
    )
    return render(document_of(subject)).html


def _pdf(page: str) -> bytes:
    from archcalc.reporting.pdf import to_pdf

    return to_pdf(page)


def file_stem(name: str) -> str:
    """Return a name as every system takes it for a file.

    >>> file_stem("mobilenet_v2@0.75-160 pruned 0.3")
    'mobilenet_v2@0.75-160_pruned_0.3'
    """
    return re.sub(r"[^\w@.+-]+", "_", name).strip("_.")[:100] or "archcalc"


def _encoded(table: Table, suffix: str) -> bytes:
    return format_of(f"x.{suffix}").encode(table)


def _is_installed(suffix: str) -> bool:
    try:
        format_of(f"x.{suffix}")
    except MissingPackage:
        return False
    return True
