"""The standard reports: examples of every kind of file, kept in the repository in ``reports/``.

Rebuilding gives the same bytes with the same versions of the drawing and typesetting packages.
Latencies are measured once and kept in ``latency/``.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.graph.build import build
from archcalc.models.latency import LatencyTable
from archcalc.output.exporting.export import ExportOptions, export
from archcalc.output.exporting.kinds import kind_of
from archcalc.output.files.ours import guard, sealed
from archcalc.output.formats import write_bytes
from archcalc.output.reporting.report import GlyphWarning, report, subject_of
from archcalc.output.reporting.subject import Subject

MOBILENETS = ("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small")
"""The nets of the lecture: measured, and compared with one another."""

FAMILIES = (
    "mobilenet_v4_conv_small",
    "googlenet",
    "vgg16",
    "resnet50",
    "densenet121",
    "shufflenet_1_5",
    "nasnet_a_mobile",
    "mnasnet_a1",
    "proxylessnas_mobile",
    "efficientnet_b0",
    "ssdlite_mobilenet_v2",
    "yolov2",
    "faster_rcnn_mobilenet_v1",
)
"""One net of every other family of the zoo."""

INDEX, LATENCY = "README.md", "latency"
_BOTH = ("html", "pdf")
_INTRO = """\
# Standard reports

Examples of what `archcalc report` and `archcalc export` write. `make reports` builds all of them
anew, the same bytes each time; a test holds them against the code. Latencies are measured, once,
and kept in `latency/`: `make reports LATENCY=1` measures them again.
"""
_ENGINE = "weasyprint"
"""One engine for all, as pages differ between engines."""


@dataclass(frozen=True)
class StandardReport:
    """A report on one net, on several, or on the lecture (no models)."""

    about: str
    models: tuple[str, ...] = ()
    language: str = "en"
    suffixes: tuple[str, ...] = _BOTH
    measured: bool = False

    @property
    def name(self) -> str:
        """Its files without their suffixes, from the folder on."""
        stem = self.models[0] if len(self.models) == 1 else "comparison"
        stem = stem if self.models else "lecture"
        return stem if self.language == "en" else f"{self.language}/{stem}"

    @property
    def paths(self) -> tuple[str, ...]:
        """Its files, from the folder on."""
        return tuple(f"{self.name}.{suffix}" for suffix in self.suffixes)

    @property
    def command(self) -> str:
        """The command that writes a similar file."""
        words = ["archcalc", "report", *self.models]
        words += ["--lang", self.language] if self.language != "en" else []
        return " ".join(words)

    def subject(self, root: Path) -> Subject:
        """Return its subject, with the latencies kept in the folder."""
        latencies = stored(root, self.models) if self.measured else []
        return subject_of(self.models or None, language=self.language, latency=latencies)

    def build(self, root: Path) -> None:
        """Write its files."""
        subject = self.subject(root)
        folder = (root / self.name).parent
        whole = self.suffixes == _BOTH
        for path in [folder] if whole else [root / one for one in self.paths]:
            report(
                subject.nets if self.models else None,
                path,
                language=self.language,
                latency=subject.latencies,
                pdf_engine=_ENGINE,
            )


@dataclass(frozen=True)
class StandardFile:
    """A table, a workbook or a picture of one net; ``table``: its name in `archcalc export`."""

    about: str
    path: str
    model: str
    table: str | None = None

    @property
    def name(self) -> str:
        """Its file, from the folder on."""
        return self.path

    @property
    def paths(self) -> tuple[str, ...]:
        """The only file."""
        return (self.path,)

    @property
    def command(self) -> str:
        """The command that writes a similar file."""
        table = f" --table {self.table}" if self.table else ""
        return f"archcalc export {self.model}{table} -o {Path(self.path).name}"

    def build(self, root: Path) -> None:
        """Write the file."""
        thing = kind_of(self.path, self.table).make(build(self.model), ExportOptions())
        export(thing, root / self.path)


ITEMS: tuple[StandardReport | StandardFile, ...] = (
    StandardReport("The whole lecture: every printed table beside what is computed"),
    StandardReport(
        "The whole lecture in Chinese (整讲内容，简体中文)", language="zh", suffixes=("pdf",)
    ),
    StandardReport("The four MobileNets compared", MOBILENETS, measured=True),
    *(StandardReport(f"Report on {one}", (one,), measured=True) for one in MOBILENETS),
    *(StandardReport(f"Report on {one}", (one,), suffixes=("pdf",)) for one in FAMILIES),
    StandardFile("Workbook with live formulas", "files/mobilenet_v2.xlsx", "mobilenet_v2"),
    StandardFile("Workbook with live formulas", "files/googlenet.xlsx", "googlenet"),
    StandardFile("Every layer", "files/mobilenet_v2.csv", "mobilenet_v2"),
    StandardFile("The paper's table with costs", "files/mobilenet_v2.tex", "mobilenet_v2"),
    StandardFile("The paper's table with costs", "files/mobilenet_v2.md", "mobilenet_v2"),
    StandardFile(
        "Printed against computed", "files/mobilenet_v1.claims.tex", "mobilenet_v1", "claims"
    ),
    StandardFile(
        "Costs by width and resolution", "files/mobilenet_v1.sweep.csv", "mobilenet_v1", "sweep"
    ),
    StandardFile(
        "Costs by width and resolution", "files/mobilenet_v1.sweep.svg", "mobilenet_v1", "sweep"
    ),
    StandardFile("The architecture", "files/mobilenet_v3_small.svg", "mobilenet_v3_small"),
)
"""Everything in the folder, in the order of its index."""


def latency_file(root: Path, model: str) -> Path:
    """Return where the latency of a net is kept."""
    return root / LATENCY / f"{model}.json"


def stored(root: Path, models: Sequence[str]) -> list[LatencyTable]:
    """Return the kept latencies; raises ArchcalcError where one was never measured."""
    found = []
    for model in models:
        file = latency_file(root, model)
        try:
            found.append(LatencyTable.from_dict(json.loads(file.read_text(encoding="utf-8"))))
        except (OSError, ValueError) as error:
            raise ArchcalcError(f"{file}: {error}; --latency measures it") from None
    return found


def measure_all(root: Path) -> Iterator[str]:
    """Measure the MobileNets one after the other, yielding the name of each first."""
    from archcalc.models.latency import keep_freed_memory, measure

    keep_freed_memory()  # allowed in a process of its own; timings are steadier
    for model in MOBILENETS:
        yield model
        table = measure(build(model))
        # reports do not need the single passes, most of the file
        runs = tuple(replace(run, samples_ms={}) for run in table.runs)
        text = json.dumps(replace(table, runs=runs).to_dict(), indent=1)
        write_bytes(f"{text}\n".encode(), latency_file(root, model))


def index() -> str:
    """Return the index of the folder: every file, its description and a command for it."""
    lines = [_INTRO, "| file | what | as by |", "| --- | --- | --- |"]
    for item in ITEMS:
        files = " ".join(f"[{path}]({path})" for path in item.paths)
        lines.append(f"| {files} | {item.about} | `{item.command}` |")
    return sealed("\n".join(lines) + "\n", "md")


def build_all(root: Path, only: str | None = None) -> Iterator[str]:
    """Build every item of the folder, or the named one, in parallel; yield the name of each.

    Raises ArchcalcError for an unknown name, and where one cannot be built.
    """
    chosen = [place for place, item in enumerate(ITEMS) if only in (None, item.name)]
    if not chosen and only is not None:
        raise UnknownName("report", only, [item.name for item in ITEMS])
    workers = min(len(chosen), os.cpu_count() or 1)
    # spawned, since a fork would copy the caller's threads
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures = {pool.submit(_build, place, root): ITEMS[place].name for place in chosen}
        try:
            for future in as_completed(futures):
                future.result()
                yield futures[future]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    text = index().encode()
    guard(root / INDEX, text)
    write_bytes(text, root / INDEX)


def _build(place: int, root: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GlyphWarning)  # a missing glyph is an error here
        ITEMS[place].build(root)
