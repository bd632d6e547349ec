"""Two clocks, and the schedule of repeated calls.

Wall time (`time.perf_counter_ns`) is what a user waits for. The CPU time of the calling thread
(`time.thread_time_ns`) excludes other programs, so it is usable on a busy machine. Both are read at
every stamp, and every sample is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from archcalc.base.errors import ArchcalcError

if TYPE_CHECKING:
    import torch

Clock = Literal["wall", "cpu"]
Stamp = tuple[int, int]
"""One reading of both clocks in nanoseconds: (wall, CPU of the calling thread)."""


@dataclass(frozen=True)
class Schedule:
    """How often to run: each pair is a minimum number of calls *and* of seconds."""

    warmup_calls: int = 10
    warmup_seconds: float = 1.0
    passes: int = 40
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if min(self.warmup_calls, self.warmup_seconds, self.seconds) < 0 or self.passes < 1:
            raise ArchcalcError(f"a schedule needs one pass and nothing below zero: {self}")


STANDARD = Schedule()
QUICK = Schedule(warmup_calls=3, warmup_seconds=0.0, passes=10, seconds=0.0)


@dataclass
class Samples:
    """The durations of all passes, in nanoseconds, on both clocks."""

    wall: list[int] = field(default_factory=list)
    cpu: list[int] = field(default_factory=list)

    def add(self, start: Stamp, end: Stamp) -> None:
        """Add the time from one stamp to another."""
        self.wall.append(end[0] - start[0])
        self.cpu.append(end[1] - start[1])

    def ms(self, clock: Clock) -> list[float]:
        """All samples on one clock, in milliseconds, in order."""
        return [value / 1e6 for value in (self.wall if clock == "wall" else self.cpu)]

    def reached(self, passes: int, seconds: float) -> bool:
        """Whether there are at least so many passes and seconds."""
        return len(self.wall) >= passes and sum(self.wall) >= seconds * 1e9


def read_clocks() -> Stamp:
    """Read both clocks, in nanoseconds."""
    return time.perf_counter_ns(), time.thread_time_ns()


def clocks_for(device: torch.device) -> Callable[[], Stamp]:
    """Return the reading of both clocks for work on ``device``.

    An accelerator keeps running after a call returns, so each reading waits for it first.
    """
    if device.type == "cpu":
        return read_clocks
    import torch

    synchronize = torch.get_device_module(device).synchronize

    def read_after_device() -> Stamp:
        synchronize()
        return read_clocks()

    return read_after_device


def take(call: Callable[[], object], read: Callable[[], Stamp], samples: Samples) -> None:
    """Run ``call`` once and add its time to ``samples``."""
    start = read()
    result = call()
    samples.add(start, read())
    del result  # freed outside the timed span


def warm_up(call: Callable[[], object], read: Callable[[], Stamp], schedule: Schedule) -> Samples:
    """Run the schedule's warm-up calls, which count in no figure."""
    samples = Samples()
    while not samples.reached(schedule.warmup_calls, schedule.warmup_seconds):
        take(call, read, samples)
    return samples
