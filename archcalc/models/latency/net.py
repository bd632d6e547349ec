"""`measure`: the latency of a net or a torch module, with layers named as in its spec."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from archcalc.base.errors import ArchcalcError
from archcalc.language.graph import Net
from archcalc.models.latency.module import measure_module
from archcalc.models.latency.table import LatencyTable
from archcalc.models.latency.timer import STANDARD, Schedule

if TYPE_CHECKING:
    from torch import nn


def measure(
    net_or_module: Net | nn.Module,
    *,
    input_shape: Sequence[int] | None = None,
    runtime: str | Sequence[str] = "folded",
    threads: int = 1,
    batch: int = 1,
    layers: bool = True,
    schedule: Schedule = STANDARD,
    progress: Callable[[str], None] | None = None,
) -> LatencyTable:
    """Return measured latencies of a net, whole and layer by layer, in milliseconds.

    ``input_shape``: (channels, height, width) of one image; required for a torch module that is
    not from `to_torch`. ``runtime``: "folded" (norms folded into convolutions), "eager", or
    several. A Net is measured with random weights, which do not change its latency.

    Raises UnknownName for an unknown runtime, MissingPackage without torch, ArchcalcError for a
    module that cannot be run on such an input.
    """
    from archcalc.models.nets.build import provenance, to_torch

    if isinstance(net_or_module, Net):
        if input_shape is not None:
            raise ArchcalcError("a Net has its own input: build it at another resolution")
        module = to_torch(net_or_module)
        input_shape = net_or_module.input_shape
    else:
        module = net_or_module
    origins = provenance(module)
    if input_shape is None:
        if not origins:
            raise ArchcalcError("measuring a torch module needs its input_shape")
        input_shape = next(iter(origins.values())).net_input
    return measure_module(
        module,
        input_shape,
        runtime=runtime,
        threads=threads,
        batch=batch,
        layers=layers,
        ids={path: (origin.id,) for path, origin in origins.items()},
        ops={path: origin.op for path, origin in origins.items()},
        schedule=schedule,
        progress=progress,
    )
