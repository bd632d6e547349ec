"""Sets up the process for a measurement, and restores it."""

from __future__ import annotations

import ctypes
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


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # glibc's malloc.h
_NEVER = -1  # read as the largest size
_LARGEST = 32 * 2**20  # glibc takes no larger one on 64 bits


@dataclass(frozen=True)
class Pinning:
    """The core that the measuring thread is pinned to, or why it is not pinned."""

    core: int | None
    remark: str


def check_threads(threads: int) -> None:
    """Raise ArchcalcError for more threads than cores."""
    if threads < 1:
        raise ArchcalcError(f"threads must be 1 or more, not {threads}")
    cores = os.cpu_count() or 1
    if threads > cores:
        raise ArchcalcError(f"threads: at most {cores}, the cores of this machine, not {threads}")


@contextmanager
def isolated(threads: int, device: torch.device) -> Iterator[Pinning]:
    """Give torch ``threads`` threads and, if that is one, pin the calling thread to one core.

    On exit, also by an error, torch's thread count, the CPU affinity and the random states of
    torch (CPU and ``device``), Python and numpy are restored.
    """
    import torch

    before = torch.get_num_threads()
    python_state = random.getstate()
    # Without numpy imported there is no numpy state to restore.
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
    """Pin the calling thread to one of its allowed cores."""
    if threads != 1:
        yield Pinning(None, f"not pinned: {threads} threads")
        return
    if not hasattr(os, "sched_setaffinity"):
        yield Pinning(None, "not pinned: this system cannot")
        return
    allowed = os.sched_getaffinity(0)
    core = max(allowed)  # interrupts tend to be handled by the first ones
    try:
        os.sched_setaffinity(0, {core})
    except OSError as error:
        yield Pinning(None, f"not pinned: refused ({error.strerror})")
        return
    try:
        yield Pinning(core, f"pinned to core {core}")
    finally:
        os.sched_setaffinity(0, allowed)


def keep_freed_memory() -> bool:
    """Make the C allocator keep what is freed, for the rest of this process.

    glibc returns the top of the heap to the system as soon as enough of it is free, and a net
    allocates and frees its activations all the time. Whether that happens depends on earlier
    allocations of the process: MobileNetV2 then takes 23 ms with 2500 page faults per pass, or
    17 ms with none.

    It cannot be undone, so it is for a separate process, such as a command; `measure_module` never
    calls it, and reports the page faults of each run. Returns whether it worked: only with glibc.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return False
    settings = ((_TRIM_THRESHOLD, _NEVER), (_MMAP_THRESHOLD, _LARGEST))
    return all(mallopt(name, value) == 1 for name, value in settings)
