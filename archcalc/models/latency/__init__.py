"""Measured latency: a torch module → a `LatencyTable`, the whole pass and every layer.

timer (two clocks) → runtimes (what runs the net) → layers (time stamps) → observation (samples) →
summary, report (figures) → table. `net` measures a Net, `module` any torch module; `activations`
and `by_op` are tables of their own. `isolation` sets the process up and restores it, `machine`
describes the hardware. `request` says what can be measured in a separate process, `apart` runs it
there. Importing this folder imports no torch.
"""

from archcalc.models.latency.activations import ActivationLatencyTable, measure_activations
from archcalc.models.latency.by_op import OpLatencyTable
from archcalc.models.latency.isolation import keep_freed_memory
from archcalc.models.latency.module import measure_module
from archcalc.models.latency.net import measure
from archcalc.models.latency.runtimes import runtime_names
from archcalc.models.latency.table import Latency, LatencyTable, LayerLatency, RuntimeLatency
from archcalc.models.latency.timer import QUICK, STANDARD, Schedule

__all__ = [
    "QUICK",
    "STANDARD",
    "ActivationLatencyTable",
    "Latency",
    "LatencyTable",
    "LayerLatency",
    "OpLatencyTable",
    "RuntimeLatency",
    "Schedule",
    "keep_freed_memory",
    "measure",
    "measure_activations",
    "measure_module",
    "runtime_names",
]
