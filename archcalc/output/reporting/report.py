"""`report`: writes reports on nets as HTML and PDF, deterministically."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.messages import messages
from archcalc.language.graph import Net
from archcalc.language.graph.build import Prune, Ratio, build
from archcalc.language.loading import load
from archcalc.language.spec.find import zoo_names
from archcalc.language.spec.spec import Spec
from archcalc.models.latency import LatencyTable
from archcalc.output.files.ours import guard, sealed
from archcalc.output.formats import write_bytes
from archcalc.output.render.html.page import Page, render
from archcalc.output.reporting.compose import document_of
from archcalc.output.reporting.engines import Engine
from archcalc.output.reporting.pdf import NoPdfEngine, engine_of, to_pdf
from archcalc.output.reporting.subject import ReportKind, Subject

Source = Spec | Net | str | Path
Latencies = LatencyTable | Sequence[LatencyTable] | Mapping[str, LatencyTable]

FORMATS = ("html", "pdf")
LECTURE = "lecture"
_LONGEST_NAME = 80
_NAMES: Mapping[ReportKind, str] = {"comparison": "comparison", "lecture": LECTURE}


class GlyphWarning(UserWarning):
    """A report has characters without a glyph in its embedded fonts."""


def report(
    specs: Source | Iterable[Source] | None,
    path: str | Path,
    *,
    language: str = "en",
    convention: str = "paper",
    latency: Latencies = (),
    batch: int = 1,
    dtype: str = "f32",
    width: Ratio = 1,
    resolution: int | str | tuple[int, int] | None = None,
    prune: Prune = None,
    force: bool = False,
    pdf_engine: str | None = None,
) -> tuple[Path, ...]:
    """Write a report on one net, or a comparison of several; return the paths of its files.

    ``specs``: a Spec, a Net, a zoo name or a file's path, or several of them; None for the whole
    lecture: every printed table against the computed figures. ``path``: a file that ends in .html
    or .pdf, or a folder, for both. ``language``: "en" or "zh". ``latency``: results of `measure`,
    in the order of the nets; nothing is measured here. ``width``, ``resolution`` and ``prune``:
    for arguments other than a Net. ``force``: overwrite files that archcalc did not write.
    ``pdf_engine``: "weasyprint" or "chromium", default the first available.

    Identical arguments give identical bytes. Characters without a glyph are reported by a
    GlyphWarning and in the report. Without a PDF engine the HTML is written and NoPdfEngine
    raised. Raises ArchcalcError for bad values and for files that archcalc did not write.
    """
    subject = subject_of(
        specs,
        language=language,
        convention=convention,
        latency=latency,
        batch=batch,
        dtype=dtype,
        width=width,
        resolution=resolution,
        prune=prune,
    )
    targets = Targets.of(path, file_name(subject), force=force, pdf_engine=pdf_engine)
    page = render(document_of(subject))
    written = tuple(targets.write(page))
    if page.uncovered:
        warnings.warn(uncovered_words(page), GlyphWarning, stacklevel=2)
    if targets.lacking:
        raise NoPdfEngine(f"{targets.lacking} (wrote {targets.html})")
    return written


def subject_of(
    specs: Source | Iterable[Source] | None,
    *,
    language: str = "en",
    convention: str = "paper",
    latency: Latencies = (),
    batch: int = 1,
    dtype: str = "f32",
    width: Ratio = 1,
    resolution: int | str | tuple[int, int] | None = None,
    prune: Prune = None,
) -> Subject:
    """Return the subject of a report; the arguments are those of `report`."""
    messages(language)  # an unknown one is reported before anything is built
    given = [specs] if isinstance(specs, Source) else list(specs or ())
    kind: ReportKind = "lecture" if not given else "net" if len(given) == 1 else "comparison"
    nets = [
        one
        if isinstance(one, Net)
        else build(load(one), width=width, resolution=resolution, prune=prune)
        for one in given or zoo_names()
    ]
    titles = [net.title for net in nets]
    for title in titles:
        if titles.count(title) > 1:
            raise ArchcalcError(f"{title}: two different nets of the same name")
    subject = Subject(
        kind=kind,
        nets=nets,
        convention=convention,
        batch=batch,
        dtype=dtype,
        language=language,
        latencies=_by_title(nets, latency),
    )
    _ = subject.costs  # what cannot be counted is reported before anything is measured or drawn
    return subject


def _by_title(nets: Sequence[Net], latency: Latencies) -> dict[str, LatencyTable]:
    if isinstance(latency, Mapping):
        titles = [net.title for net in nets]
        for title in latency:
            if title not in titles:
                raise UnknownName("net of the report", title, titles)
        return dict(latency)
    tables = [latency] if isinstance(latency, LatencyTable) else list(latency)
    if tables and len(tables) != len(nets):
        raise ArchcalcError(f"latency: {len(tables)} tables for {len(nets)} nets")
    return {net.title: table for net, table in zip(nets, tables, strict=False)}


def file_name(subject: Subject) -> str:
    """Return the name of a report's files, without a suffix: "mobilenet_v2@0.75-160"."""
    return _NAMES.get(subject.kind) or safe_name(subject.net.title)


def safe_name(title: str) -> str:
    """Return a name for files of any system.

    >>> safe_name("mobilenet_v2@0.75-160 (act=relu)"), safe_name("../../etc/passwd")
    ('mobilenet_v2@0.75-160_act=relu', 'etc_passwd')
    """
    kept = re.sub(r"[^A-Za-z0-9_.@+=-]+", "_", title).strip("_.")[:_LONGEST_NAME].strip("_.")
    return kept or "net"


def uncovered_words(page: Page) -> str:
    """Return a line on the characters of a page without a glyph in its fonts."""
    shown = " ".join(page.uncovered[:20]) + (" …" if len(page.uncovered) > 20 else "")
    count = len(page.uncovered)
    noun = "character has" if count == 1 else "characters have"
    return f"{count} {noun} no glyph in the report's fonts: {shown}"


@dataclass(frozen=True)
class Targets:
    """The files of one report, checked before anything is computed.

    ``engine``: the PDF engine. ``lacking``: why there is none for a requested PDF.
    """

    html: Path | None
    pdf: Path | None
    force: bool = False
    engine: Engine | None = None
    lacking: str = ""

    @classmethod
    def of(
        cls,
        path: str | Path,
        name: str,
        *,
        formats: Sequence[str] = FORMATS,
        force: bool = False,
        pdf_engine: str | None = None,
    ) -> Targets:
        """Return the files for a path: a file, or a folder of files called ``name``.

        Raises ArchcalcError for another suffix, for a file that archcalc did not write, and for
        an unknown engine.
        """
        path = Path(path)
        if is_file(path):
            files = {path.suffix.lower().removeprefix("."): path}
        else:
            files = {one: path / f"{name}.{one}" for one in formats}
        engine, lacking = None, ""
        if "pdf" in files:
            try:
                engine = engine_of(pdf_engine)
            except NoPdfEngine as error:
                lacking = str(error)
                files.setdefault("html", files["pdf"].with_suffix(".html"))
        for file in files.values():
            guard(file, force=force)
        return cls(files.get("html"), files.get("pdf"), force, engine, lacking)

    def write(self, page: Page) -> Iterator[Path]:
        """Write a page, yielding each file when written; without an engine only the HTML.

        Raises EngineFailed, after the HTML is written.
        """
        html = sealed(page.html, "html")
        if self.html is not None:
            yield self._write(html.encode(), self.html)
        if self.pdf is not None and self.engine is not None:
            yield self._write(to_pdf(html, self.engine), self.pdf)

    def _write(self, data: bytes, path: Path) -> Path:
        guard(path, data, force=self.force)
        return write_bytes(data, path)


def is_file(path: str | Path) -> bool:
    """Return whether a path names one file, and not a folder.

    Raises ArchcalcError for a file of another format.
    """
    path = Path(path)
    suffix = path.suffix.lower().removeprefix(".")
    if path.is_dir() or not suffix:
        return False
    if suffix in FORMATS:
        return True
    if suffix.isalpha() and len(suffix) <= 5:  # "v1.0" may end a folder's name
        raise ArchcalcError(f"{path}: a report is a file in .html or .pdf, or a folder")
    return False
