"""What is measured on this machine: how, which step is under way, and the times that are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archcalc import ArchcalcError, LatencyTable, Spec
from archcalc.base.messages import Messages
from archcalc.base.number import SCALE
from archcalc.models.latency import runtime_names
from archcalc.models.latency.request import Request
from dashboard.shell.fields import names_field, one_of, whole_field

RUNTIMES = names_field("lat_runtime", one_of("runtime", runtime_names()), ("folded",))
THREADS = whole_field("lat_threads", 1, 1, 256)
BATCH = whole_field("lat_batch", 1, 1, 64)
"""How Latency measures; other pages set it before they lead there."""

Times = Mapping[Spec, Mapping[tuple[int, tuple[int, int]], float]]
"""Milliseconds by spec and variant: (width in 1/10⁴, (height, width in pixels))."""

_HERE = "here"


@dataclass(frozen=True, order=True)
class Way:
    """How times were measured that may be held against one limit: one image, this runtime.

    Its text stands where a phone's name does: "here:folded:1".
    """

    runtime: str = "folded"
    threads: int = 1

    @property
    def text(self) -> str:
        """The text that `read_way` reads."""
        return f"{_HERE}:{self.runtime}:{self.threads}"

    def words(self, t: Messages) -> str:
        """Say it: "this machine, folded"."""
        key = "here" if self.threads == 1 else "here_threads"
        return t(f"dashboard_budget.{key}", runtime=self.runtime, threads=self.threads)


def read_way(text: str) -> Way | None:
    """Return the way of a text, None for a phone's name; raises ArchcalcError for no such one."""
    if not text.startswith(f"{_HERE}:"):
        return None
    _, runtime, threads = [*text.split(":", 2), ""][:3]
    if not (threads.isascii() and threads.isdigit() and 0 < len(threads) < 4 and int(threads)):
        raise ArchcalcError(f"phone: here:RUNTIME:THREADS, not '{text[:40]}'")
    return Way(one_of("runtime", runtime_names())(runtime), int(threads))


@dataclass(frozen=True)
class TimedHere:
    """All measurements of this server that may be compared, the oldest first."""

    done: tuple[tuple[Request, LatencyTable], ...] = ()

    @classmethod
    def of(cls, done: Iterable[tuple[Request, LatencyTable]]) -> TimedHere:
        """Keep those of one image and of nets that are not pruned: others are no variants."""
        return cls(tuple(one for one in done if one[0].batch == 1 and not one[0].net.prune))

    @property
    def ways(self) -> list[Way]:
        """The ways, that of most measurements first; the usual one is there in any case."""
        found = Counter(
            Way(run.runtime, request.threads) for request, table in self.done for run in table.runs
        )
        found[Way()] += 0
        return sorted(found, key=lambda way: (-found[way], way != Way(), way))

    def times(self, way: Way) -> Times:
        """Return the medians of whole passes; of several the last, and no quick one if it can."""
        found: dict[Spec, dict[tuple[int, tuple[int, int]], float]] = {}
        for request, table in sorted(self.done, key=lambda one: not one[0].quick):
            if request.threads != way.threads:
                continue
            net = request.net
            for run in table.runs:
                if run.runtime == way.runtime:
                    variant = round(net.width * SCALE), net.size
                    found.setdefault(net.spec, {})[variant] = run.latency_ms.median
        return found


def step_words(t: Messages, steps: Sequence[str]) -> str:
    """Name the step that is under way, the last of ``steps``; before the first the net is built."""
    if not steps:
        return t("dashboard_latency.step_building")
    runtime, _, step = steps[-1].partition(": ")
    key = f"dashboard_latency.step_{step.replace(' ', '_')}"
    return f"{runtime}: {t(key)}" if key in t else steps[-1]
