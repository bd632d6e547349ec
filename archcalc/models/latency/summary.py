"""Computes the reported figures from samples, and chooses the clock."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from archcalc.base.units import format_fixed
from archcalc.models.latency.timer import Clock, Samples

CONTENDED_BELOW = 0.95
"""CPU time / wall time below which the machine was busy with other work."""
FAULTS_ABOVE = 100
"""Page faults per pass above which a warning is given: at some 2 µs each, 0.2 ms."""
LEAKED_ABOVE = 1.05
"""CPU time / time that the measured threads can account for; above it other threads ran too."""


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile by linear interpolation, as numpy's default does."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * percent / 100
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return percentile(values, 50)


@dataclass(frozen=True)
class Timing:
    """The clean passes of one run, and the CPU time over the same span."""

    samples: Samples
    wall_ns: int
    """Wall time of the whole loop, including work between the passes."""
    thread_ns: int
    """CPU time of the measuring thread over the same span."""
    process_ns: int
    """CPU time of all threads of the process over the same span."""
    page_faults: float | None = None
    """Page faults of the measuring thread per pass; None where the system does not count them."""

    @property
    def cpu_per_wall(self) -> float:
        """CPU time of the measuring thread / wall time, over the clean passes."""
        return sum(self.samples.cpu) / max(1, sum(self.samples.wall))

    def busy_threads(self, threads: int) -> float:
        """CPU time of the process / what ``threads`` threads can account for.

        One thread is compared with its own CPU time, so that a leak shows on a busy machine too.
        """
        own = self.thread_ns if threads == 1 else threads * self.wall_ns
        return self.process_ns / max(1, own)


@dataclass(frozen=True)
class ClockChoice:
    """The clock of the headline figures, that of the layers, and the reason."""

    device: str
    clock: Clock
    layers: Clock
    reason: str


def choose_clock(timings: Sequence[Timing], *, threads: int, device: str) -> ClockChoice:
    """Choose one clock for all runs of a table, so that they can be compared.

    Layers are timed on the CPU clock wherever it counts their work: a layer is so short that one
    interruption would double its time.
    """
    if device != "cpu":
        return ClockChoice(
            device, "wall", "wall", f"the work is on {device}, which no CPU clock sees"
        )
    if threads > 1:
        reason = f"the CPU clock of one thread does not see the work of {threads}"
        return ClockChoice(device, "wall", "wall", reason)
    lowest = min(timing.cpu_per_wall for timing in timings)
    if lowest < CONTENDED_BELOW:
        reason = (
            f"CPU/wall was {format_fixed(lowest, 2)}, below {CONTENDED_BELOW}: the machine was "
            "busy with other "
            "work, so CPU time is reported"
        )
        return ClockChoice(device, "cpu", "cpu", reason)
    return ClockChoice(
        device, "wall", "cpu", f"CPU/wall was {format_fixed(lowest, 2)}: the core was free"
    )


def leak_note(timing: Timing, threads: int) -> str | None:
    """Return a warning if more threads ran than requested."""
    ratio = timing.busy_threads(threads)
    if ratio <= LEAKED_ABOVE:
        return None
    return (
        f"threads leaked: the process used {format_fixed(ratio, 2)} times the CPU time that "
        f"{threads} "
        f"thread{'s' if threads > 1 else ''} can account for"
    )


def fault_note(timing: Timing) -> str | None:
    """Return a warning if page faults took a noticeable part of a pass."""
    if timing.page_faults is None or timing.page_faults <= FAULTS_ABOVE:
        return None
    return (
        f"{format_fixed(timing.page_faults, 0)} page faults a pass: the C allocator gives memory "
        "back and takes "
        "it again, which depends on what the process did before; in a separate process, "
        "archcalc.models.latency.keep_freed_memory() stops that"
    )
