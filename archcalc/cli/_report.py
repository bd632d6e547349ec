"""The jobs of `report`: files and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError, UnknownName

if TYPE_CHECKING:
    from archcalc.language.graph import Net
    from archcalc.models.latency import LatencyTable
    from archcalc.output.reporting.report import Targets
    from archcalc.output.reporting.subject import Subject

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One report with its files."""

    subject: Subject
    targets: Targets

    def with_latency(self, measured: Mapping[str, LatencyTable]) -> Job:
        """Return it with the latencies of its nets, by their titles."""
        own = {net.title: measured[net.title] for net in self.subject.nets if measured}
        return Job(replace(self.subject, latencies=own), self.targets) if own else self

    def write(self, step: Tell, said: list[str]) -> Iterator[Path]:
        """Write it, yielding the path of each file; ``said`` gets the remarks on missing glyphs."""
        from archcalc.output.render.html.page import render
        from archcalc.output.reporting.compose import document_of
        from archcalc.output.reporting.report import file_name, uncovered_words

        name = file_name(self.subject)
        step(f"{name}: the page")
        page = render(document_of(self.subject))
        if page.uncovered:
            said.append(f"{name}: {uncovered_words(page)}")
        step(f"{name}: the files")
        yield from self.targets.write(page)

    steps = 2
    """Number of steps that `write` reports."""


def formats_of(text: str) -> list[str]:
    """Read ``--format html,pdf``; raises ArchcalcError for no format and for an unknown one."""
    from archcalc.output.reporting.report import FORMATS

    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in FORMATS:
            raise UnknownName("format of reports", name, FORMATS)
    if not names:
        raise ArchcalcError(f"--format: expected some of {','.join(FORMATS)}")
    return names


def subjects_of(nets: Sequence[Net], *, each: bool, **options: Any) -> list[Subject]:
    """Return the reports to write: of every net if ``each``, and of all of them together.

    ``options``: those of `subject_of`.
    """
    from archcalc.output.reporting.report import subject_of

    groups: list[list[Net]] = []
    if each or len(nets) == 1:
        groups += [[net] for net in nets]
    if len(nets) != 1:
        groups.append(list(nets))
    return [subject_of(group or None, **options) for group in groups]


def names_of(subjects: Sequence[Subject]) -> list[str]:
    """Return a name for the files of each report; duplicates are numbered."""
    from archcalc.output.reporting.report import file_name

    names: list[str] = []
    for subject in subjects:
        wanted = name = file_name(subject)
        count = 1
        while name in names:
            count += 1
            name = f"{wanted}-{count}"
        names.append(name)
    return names


def is_measured(wanted: bool | None) -> bool:
    """Return whether latency is measured: as requested, default if torch is installed."""
    return find_spec("torch") is not None if wanted is None else wanted


def measured(
    nets: Sequence[Net], *, batch: int, quick: bool, step: Tell
) -> dict[str, LatencyTable]:
    """Return the measured latency of every net, by its title."""
    from archcalc.models.latency import QUICK, STANDARD, keep_freed_memory, measure

    keep_freed_memory()  # allowed in a process of its own; timings are steadier
    found = {}
    for net in nets:
        step(f"{net.title}: latency")
        found[net.title] = measure(net, batch=batch, schedule=QUICK if quick else STANDARD)
    return found
