"""Set up the process for a measurement, and put everything back."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archcalc.base.errors import ArchcalcError

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Pinning:
    """The core that the measuring thread was pinned to, or why there is none."""

    core: int | None
    remark: str


def check_threads(threads: int) -> None:
    """Raise ArchcalcError for a number of threads that this machine cannot run side by side."""
    if threads < 1:
        raise ArchcalcError(f"threads must be 1 or more, not {threads}")
    cores = os.cpu_count() or 1
    if threads > cores:
        raise ArchcalcError(f"threads: at most {cores}, the cores of this machine, not {threads}")


@contextmanager
def isolated(threads: int, device: torch.device) -> Iterator[Pinning]:
    """Give torch ``threads`` threads and, if that is one, pin the calling thread to one core.

    On leaving, also by an error, torch's thread count, the CPU affinity and the random states of
    torch (CPU and ``device``), Python and numpy are what they were before.
    """
    import torch

    before = torch.get_num_threads()
    python_state = random.getstate()
    # Only a program that uses numpy can have a numpy state to lose.
    numpy = sys.modules.get("numpy")
    numpy_state = numpy.random.get_state() if numpy else None
    forked = [device] if device.type == "cuda" else []
    try:
        with torch.random.fork_rng(devices=forked), _pinned(threads) as pinning:
            torch.set_num_threads(threads)
            yield pinning
    finally:
        torch.set_num_threads(before)
        random.setstate(python_state)
        if numpy:
            numpy.random.set_state(numpy_state)


@contextmanager
def _pinned(threads: int) -> Iterator[Pinning]:
    """Pin the calling thread to one of the cores that it may use now."""
    if threads != 1:
        yield Pinning(None, f"not pinned: {threads} threads")
        return
    if not hasattr(os, "sched_setaffinity"):
        yield Pinning(None, "not pinned: this system cannot")
        return
    allowed = os.sched_getaffinity(0)
    core = max(allowed)  # interrupts tend to be served by the first ones
    try:
        os.sched_setaffinity(0, {core})
    except OSError as error:
        yield Pinning(None, f"not pinned: refused ({error.strerror})")
        return
    try:
        yield Pinning(core, f"pinned to core {core}")
    finally:
        os.sched_setaffinity(0, allowed)
