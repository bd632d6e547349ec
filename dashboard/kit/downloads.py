"""What a view can be taken away as: a name of a file, and what writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archcalc import ArchcalcError, CostTable, LatencyTable
from archcalc.base.errors import MissingPackage
from archcalc.base.tables import Table
from archcalc.output.drawing import draw
from archcalc.output.formats import format_names, format_of

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
    """A file: its name, its kind, and what makes its bytes when it is asked for.

    ``what``: the key of the message that says what is in it. ``lacking``: why it cannot be made
    here, in words.
    """

    file: str
    make: Callable[[], bytes]
    what: str = "dashboard.file_table"
    lacking: str = ""

    @property
    def suffix(self) -> str:
        """The suffix without its dot."""
        return self.file.rpartition(".")[2]

    @property
    def mime(self) -> str:
        """The media type."""
        return _MIME.get(self.suffix, "application/octet-stream")


def of_table(table: Table, name: str, what: str = "dashboard.file_table") -> list[Download]:
    """Return a table in every format; ``name`` is made fit for a file."""
    stem = file_stem(name)
    return [
        Download(f"{stem}.{suffix}", partial(_encoded, table, suffix), what, _lacking(suffix))
        for suffix in format_names()
    ]


def for_programs(table: Table, name: str, what: str) -> list[Download]:
    """Return a table of hundreds of rows, or one behind others, in formats for programs."""
    return [one for one in of_table(table, name, what) if one.suffix in ("csv", "json")]


def of_variant(table: CostTable, by: str, language: str) -> list[Download]:
    """Return everything of one variant: its table by a grouping, workbook, report and spec."""
    net = table.net
    grouped = of_table(table.by(by), f"{net.title} by {by}")
    stem = file_stem(net.title)
    return [
        *(one for one in grouped if one.suffix not in _WHOLE),
        of_workbook(table),
        *of_report(table, language),
        Download(f"{stem}.svg", partial(_drawn, table), "dashboard.file_drawing"),
        Download(f"{file_stem(net.name)}.yaml", net.spec.to_yaml().encode, "dashboard.file_spec"),
    ]


def of_workbook(table: CostTable, latency: LatencyTable | None = None) -> Download:
    """Return the workbook of a net; what was measured of it gets a sheet."""
    what = "dashboard.file_workbook" if latency is None else "dashboard.file_workbook_latency"
    make = partial(_workbook, table, latency)
    return Download(f"{file_stem(table.net.title)}.xlsx", make, what, _lacking("xlsx"))


def of_report(table: CostTable, language: str) -> Iterator[Download]:
    """Yield a net's report as HTML and PDF."""
    return of_reports([table], f"{table.net.title} report", language)


def of_reports(
    tables: Sequence[CostTable], name: str, language: str, latency: Sequence[LatencyTable] = ()
) -> Iterator[Download]:
    """Yield the report of one net, or the comparison of several, as HTML and PDF.

    ``latency``: what was measured of each; it gets a chapter.
    """
    from archcalc.output.reporting.engines import engines
    from archcalc.output.reporting.pdf import engine_of, to_pdf

    stem = file_stem(name)
    page = partial(_report, tables, language, latency)
    what = "dashboard.file_report_latency" if latency else "dashboard.file_report"
    yield Download(f"{stem}.html", lambda: page().encode(), what)
    # the quick look first: whether a browser is there is known before WeasyPrint is imported
    able = any(not engine.missing() for engine in reversed(list(engines().values())))
    lacking = "" if able else _why_not(partial(engine_of, None))
    yield Download(f"{stem}.pdf", lambda: to_pdf(page()), what, lacking=lacking)


def file_stem(name: str) -> str:
    """Return a name as every system takes it for a file.

    >>> file_stem("mobilenet_v2@0.75-160 pruned 0.3")
    'mobilenet_v2@0.75-160_pruned_0.3'
    """
    return re.sub(r"[^\w@.+-]+", "_", name).strip("_.")[:100] or "archcalc"


def _report(tables: Sequence[CostTable], language: str, latency: Sequence[LatencyTable]) -> str:
    from archcalc.output.render.html.page import render
    from archcalc.output.reporting.compose import document_of
    from archcalc.output.reporting.report import subject_of

    nets, first = [table.net for table in tables], tables[0]
    subject = subject_of(
        nets,
        language=language,
        convention=first.convention.name,
        latency=latency,
        dtype=first.dtype,
    )
    return render(document_of(subject)).html


def _workbook(table: CostTable, latency: LatencyTable | None) -> bytes:
    from archcalc.output.workbook import to_workbook

    return to_workbook(table, latency=latency)


def _drawn(table: CostTable) -> bytes:
    return draw(table.net).svg.encode()


def _encoded(table: Table, suffix: str) -> bytes:
    return format_of(f"x.{suffix}").encode(table)


def _lacking(suffix: str) -> str:
    return _why_not(partial(format_of, f"x.{suffix}"))


def _why_not(require: Callable[[], object]) -> str:
    """Return why something is not there, or ""."""
    try:
        require()
    except (MissingPackage, ArchcalcError) as error:
        return str(error)
    return ""
