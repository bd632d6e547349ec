"""Runs one net in one runtime and keeps every sample."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archcalc.base.errors import ArchcalcError
from archcalc.models.latency.agreement import relative_error
from archcalc.models.latency.layers import LayerStamps, LayerTiming
from archcalc.models.latency.runtimes import Prepared, get_runtime
from archcalc.models.latency.summary import Timing
from archcalc.models.latency.timer import Samples, Schedule, clocks_for, take, warm_up
from archcalc.models.nets.fold_norm import eval_copy
from archcalc.models.nets.observe import cannot_run

if TYPE_CHECKING:
    import torch
    from torch import nn


@dataclass(frozen=True)
class Observation:
    """The samples of one runtime, before any statistics."""

    runtime: str
    prepared: Prepared
    preparation_s: float
    first: Samples
    clean: Timing
    stamped: Samples
    """Whole passes with stamps; empty where layers were not timed."""
    layers: list[LayerTiming]
    error_against_eager: float | None


def observe(
    module: nn.Module,
    example: torch.Tensor,
    runtime: str,
    *,
    layers: bool,
    schedule: Schedule,
    progress: Callable[[str], None],
) -> Observation:
    """Measure ``module`` on ``example`` in ``runtime``; the module is copied, never changed.

    ``progress`` is called before each step, never in a timed part. Raises ArchcalcError if the
    runtime does not support the module or the module rejects the input.
    """
    import torch

    progress(f"{runtime}: preparing")
    began = time.perf_counter()
    prepared = get_runtime(runtime).prepare(module, example)
    preparation_s = time.perf_counter() - began
    read = clocks_for(example.device)
    first, clean = Samples(), Samples()

    def call() -> object:
        return prepared.call(example)

    with torch.inference_mode():
        progress(f"{runtime}: warming up")
        stamps, rest = None, False
        with _explained(module, example):
            take(call, read, first)
            warm_up(call, read, schedule)
            if layers and prepared.module is not None:
                stamps = LayerStamps(prepared.module, read)
                rest = stamps.works_after_last_layer(call)
        progress(f"{runtime}: measuring")
        with _explained(module, example):
            faults_before, began_ns = _page_faults(), _clocks()
            while not clean.reached(schedule.passes, schedule.seconds):
                take(call, read, clean)
                if stamps is not None:
                    stamps.take(call)
            ended_ns, faults_after = _clocks(), _page_faults()
        wall_ns, thread_ns, process_ns = (
            end - start for start, end in zip(began_ns, ended_ns, strict=True)
        )
        passes = len(clean.wall) + (len(stamps.stamped.wall) if stamps is not None else 0)
        faults = None
        if faults_before is not None and faults_after is not None:
            faults = (faults_after - faults_before) / passes
        # Last, so that a second copy of the net does not evict the timed one from the caches.
        error = None
        if runtime != "eager":
            error = relative_error(call(), eval_copy(module)(example))
    return Observation(
        runtime=runtime,
        prepared=prepared,
        preparation_s=preparation_s,
        first=first,
        clean=Timing(clean, wall_ns, thread_ns, process_ns, faults),
        stamped=stamps.stamped if stamps is not None else Samples(),
        layers=stamps.layers(rest=rest) if stamps is not None else [],
        error_against_eager=error,
    )


def _clocks() -> tuple[int, int, int]:
    """Wall time, CPU time of this thread and of all threads of the process, in nanoseconds."""
    return time.perf_counter_ns(), time.thread_time_ns(), time.process_time_ns()


def _page_faults() -> int | None:
    """Page faults of this thread so far; None where the system does not count them."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    of_thread = getattr(resource, "RUSAGE_THREAD", None)  # Linux
    return None if of_thread is None else resource.getrusage(of_thread).ru_minflt


@contextmanager
def _explained(module: nn.Module, example: torch.Tensor) -> Iterator[None]:
    """Turn any exception of a module's forward into a one-line ArchcalcError."""
    try:
        yield
    except ArchcalcError:
        raise
    except Exception as error:
        raise cannot_run(module, example.shape, error) from error
