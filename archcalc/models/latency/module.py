"""Measures a torch module: the whole pass and every layer, in one or several runtimes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.models.latency.isolation import Pinning, check_threads, isolated
from archcalc.models.latency.machine import describe_machine
from archcalc.models.latency.observation import observe
from archcalc.models.latency.report import report
from archcalc.models.latency.runtimes import get_runtime, runtime_names
from archcalc.models.latency.summary import ClockChoice, choose_clock
from archcalc.models.latency.table import LatencyTable
from archcalc.models.latency.timer import STANDARD, Schedule

if TYPE_CHECKING:
    import torch
    from torch import nn


def measure_module(
    module: nn.Module,
    input_shape: Sequence[int],
    *,
    runtime: str | Sequence[str] = "folded",
    threads: int = 1,
    batch: int = 1,
    layers: bool = True,
    ids: Mapping[str, Sequence[str]] | None = None,
    ops: Mapping[str, str] | None = None,
    schedule: Schedule = STANDARD,
    progress: Callable[[str], None] | None = None,
) -> LatencyTable:
    """Measure the latency of ``module`` in eval mode, on its device and in its dtype.

    ``input_shape``: of one example, without the batch. ``runtime``: one name or several (a
    sequence, or one text with commas), measured one after another. ``ids`` and ``ops`` name the
    layers: module path → ids, and module path → operator; without them a layer is named by its
    path (a second call of one module by its path and "#2") and its type. ``progress`` is called
    with each step, outside the timed parts.

    The module, torch's threads and random states and the CPU affinity stay unchanged.

    Raises UnknownName for an unknown runtime, and ArchcalcError for a module that cannot be
    copied, traced (runtime "folded") or run on such an input.
    """
    names = _runtimes(runtime)
    check_threads(threads)
    if batch < 1:
        raise ArchcalcError(f"batch must be 1 or more, not {batch}")
    if not input_shape or min(input_shape) < 1:
        raise ArchcalcError(f"an input shape has sides of 1 or more, not {tuple(input_shape)}")
    try:
        from torch import nn
    except ImportError as error:
        raise MissingPackage("measuring latency", "torch", "torch") from error
    if not isinstance(module, nn.Module):
        raise ArchcalcError(f"expected a torch.nn.Module, not {type(module).__name__}")

    example = _example(module, (batch, *input_shape))
    machine = describe_machine()
    with isolated(threads, example.device) as pinning:
        observations = [
            observe(
                module,
                example,
                name,
                layers=layers,
                schedule=schedule,
                progress=progress or _silent,
            )
            for name in names
        ]
    choice = choose_clock(
        [observation.clean for observation in observations],
        threads=threads,
        device=str(example.device),
    )
    return LatencyTable(
        machine=machine,
        protocol=_protocol(
            example,
            schedule,
            pinning,
            choice,
            threads=threads,
            stamped=any(observation.layers for observation in observations),
        ),
        runs=tuple(
            report(observation, choice, threads=threads, ids=ids or {}, ops=ops or {})
            for observation in observations
        ),
    )


def _runtimes(runtime: str | Sequence[str]) -> list[str]:
    """Return the requested runtimes, each once; raises UnknownName."""
    given = runtime.split(",") if isinstance(runtime, str) else runtime
    names = list(dict.fromkeys(name.strip() for name in given if name.strip()))
    if not names:
        raise ArchcalcError(f"no runtime was given (known: {', '.join(runtime_names())})")
    for name in names:
        get_runtime(name)
    return names


def _example(module: nn.Module, shape: tuple[int, ...]) -> torch.Tensor:
    """Return random input on the device and in the dtype of the module's first weights."""
    import torch

    tensors = list(chain(module.parameters(), module.buffers()))
    device = tensors[0].device if tensors else torch.device("cpu")
    if device.type == "meta":
        raise ArchcalcError(
            f"{type(module).__name__} is on the meta device: it has no weights to run with"
        )
    dtypes = [tensor.dtype for tensor in tensors if tensor.dtype.is_floating_point]
    # A separate generator leaves the global random state unchanged.
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(shape, generator=generator, dtype=torch.float32, device="cpu")
    return noise.to(device=device, dtype=dtypes[0] if dtypes else torch.get_default_dtype())


def _protocol(
    example: torch.Tensor,
    schedule: Schedule,
    pinning: Pinning,
    choice: ClockChoice,
    *,
    threads: int,
    stamped: bool,
) -> dict[str, Any]:
    """Return how it was measured."""
    protocol: dict[str, Any] = {
        "clock": choice.clock,
        "clock_reason": choice.reason,
        "threads": threads,
        "batch": example.shape[0],
        "input_shape": list(example.shape[1:]),
        "dtype": str(example.dtype).removeprefix("torch."),
        "device": str(example.device),
        "grad_mode": "inference",
        "core": pinning.core,
        "pinning": pinning.remark,
        **asdict(schedule),
        "processes": 1,
        "interval": "none: one process gives no interval, so low and high are null",
        "order": "runtimes one after another",
    }
    if stamped:
        protocol |= {
            "layers_clock": choice.layers,
            "layers_method": "consecutive stamps at the end of each layer's forward, "
            "stamped passes alternating with clean ones",
        }
    return protocol


def _silent(step: str) -> None:
    """The default of ``progress``: does nothing."""
