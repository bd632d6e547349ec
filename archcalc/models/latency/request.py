"""Requests for measurements in a separate process."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from archcalc.base.names import sides_text
from archcalc.language.graph import Net
from archcalc.language.ops.activation import ACTIVATIONS
from archcalc.models.latency.activations import ActivationLatencyTable, measure_activations
from archcalc.models.latency.net import measure
from archcalc.models.latency.table import LatencyTable
from archcalc.models.latency.timer import QUICK, STANDARD

Made = TypeVar("Made", LatencyTable, ActivationLatencyTable)

STEPS = 3
"""Number of reported steps per runtime: preparing, warming up, measuring."""

_SCHEDULES = {False: STANDARD, True: QUICK}


class Measurable(ABC, Generic[Made]):
    """A requested measurement."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The title of the measurement."""

    @property
    @abstractmethod
    def steps(self) -> int:
        """The number of reported steps; work before the first is not reported."""

    @abstractmethod
    def measure(self, progress: Callable[[str], None]) -> Made:
        """Measure in this process; ``progress`` is called with each step."""

    @abstractmethod
    def read(self, data: Any) -> Made:
        """Return the table of `measure` from the data of its ``to_dict``."""


@dataclass(frozen=True)
class Request(Measurable[LatencyTable]):
    """Latency of a net: the arguments of `archcalc.measure`."""

    net: Net
    runtimes: tuple[str, ...] = ("folded",)
    threads: int = 1
    batch: int = 1
    quick: bool = False

    @property
    def title(self) -> str:
        return self.net.title

    @property
    def steps(self) -> int:
        return STEPS * len(self.runtimes)

    def measure(self, progress: Callable[[str], None]) -> LatencyTable:
        return measure(
            self.net,
            runtime=self.runtimes,
            threads=self.threads,
            batch=self.batch,
            schedule=_SCHEDULES[self.quick],
            progress=progress,
        )

    def read(self, data: Any) -> LatencyTable:
        return LatencyTable.from_dict(data)


@dataclass(frozen=True)
class ActivationRequest(Measurable[ActivationLatencyTable]):
    """Latency of activation functions: the arguments of `measure_activations`."""

    shape: tuple[int, ...]
    kinds: tuple[str, ...] = tuple(ACTIVATIONS)
    threads: int = 1
    quick: bool = False

    @property
    def title(self) -> str:
        return f"activations on {sides_text(*self.shape)}"

    @property
    def steps(self) -> int:
        return 1

    def measure(self, progress: Callable[[str], None]) -> ActivationLatencyTable:
        progress("torch: measuring")
        return measure_activations(
            self.shape, kinds=self.kinds, threads=self.threads, schedule=_SCHEDULES[self.quick]
        )

    def read(self, data: Any) -> ActivationLatencyTable:
        return ActivationLatencyTable.from_dict(data)
