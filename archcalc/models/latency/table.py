"""Measured latencies as data, as `measure --format json` prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.base.tables import Table


@dataclass(frozen=True)
class Latency:
    """The whole net, in milliseconds; ``protocol["clock"]`` names the clock."""

    median: float
    low: float | None
    """Lower end of the interval of the median over processes; None where one process ran."""
    high: float | None
    p10: float
    p90: float
    cpu_median: float
    """The median on the CPU clock, whatever the clock of the others."""


@dataclass(frozen=True)
class LayerLatency:
    """One call of one layer, on the clock that ``protocol["layers_clock"]`` names."""

    ids: tuple[str, ...]
    """Its layers of the spec (or module paths): a convolution with a folded norm has both."""
    op: str
    median_ms: float
    p10_ms: float
    p90_ms: float
    share_percent: float
    """Percent of the sum of the layers."""


@dataclass(frozen=True)
class RuntimeLatency:
    """A net in one runtime."""

    runtime: str
    latency_ms: Latency
    sum_of_layers_ms: float | None
    """Sum of the layers' medians; this and the next three are None where no layer was timed."""
    end_to_end_ms: float | None
    """Median of the clean passes on the layers' clock, to compare the sum with."""
    closure_percent: float | None
    """100 · (sum of layers / end to end − 1)."""
    overhead_percent: float | None
    """100 · (median of the stamped passes / end to end − 1): the overhead of the stamps."""
    passes: int
    """Number of clean passes."""
    first_call_ms: float
    """Wall time of the very first call."""
    preparation_s: float
    """Wall time of preparing the net for the runtime."""
    cpu_per_wall: float
    """CPU time of the measuring thread / wall time over the clean passes."""
    page_faults: float | None
    """Page faults of the measuring thread per pass; None where the system does not count them."""
    error_against_eager: float | None
    """Largest difference from torch eager's output / largest output; None where there is none."""
    notes: tuple[str, ...]
    """Remarks on the figures."""
    layers: tuple[LayerLatency, ...]
    samples_ms: Mapping[str, tuple[float, ...]]
    """Every clean pass, on both clocks: "wall" and "cpu"."""


@dataclass(frozen=True)
class LatencyTable(Table):
    """Measured latencies: ``runs``, ``protocol`` and ``machine``."""

    kind: ClassVar[str] = "latency"
    machine: Mapping[str, Any]
    protocol: Mapping[str, Any]
    runs: tuple[RuntimeLatency, ...]

    @property
    def title(self) -> str:
        names = ", ".join(run.runtime for run in self.runs)
        return f"latency in ms · {names}"

    def notes(self) -> Sequence[str]:
        """Return the remarks on the figures, by runtime."""
        return [f"{run.runtime}: {note}" for run in self.runs for note in run.notes]

    def to_dict(self) -> dict[str, Any]:
        """Return plain, JSON-able data: ``machine``, ``protocol``, ``runs``."""
        return {
            "machine": dict(self.machine),
            "protocol": dict(self.protocol),
            "runs": [_plain(asdict(run)) for run in self.runs],
        }

    @classmethod
    def from_dict(cls, data: Any) -> LatencyTable:
        """Return the table from the data of `to_dict`, also after JSON.

        Raises ArchcalcError for anything else.
        """
        try:
            runs = tuple(_run(run) for run in data["runs"])
            return cls(dict(data["machine"]), dict(data["protocol"]), runs)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            name = type(error).__name__
            raise ArchcalcError(f"no table of latencies: {name}, {shorten(error)}") from None

    def records(self) -> list[dict[str, Any]]:
        """Return one flat record per layer, or one per run where layers were not timed."""
        return [record for run in self.runs for record in _records(run)]


def _run(data: Mapping[str, Any]) -> RuntimeLatency:
    layers = ({**layer, "ids": tuple(layer["ids"])} for layer in data["layers"])
    parts: dict[str, Any] = {
        "latency_ms": Latency(**data["latency_ms"]),
        "notes": tuple(data["notes"]),
        "layers": tuple(LayerLatency(**layer) for layer in layers),
        "samples_ms": {clock: tuple(times) for clock, times in data["samples_ms"].items()},
    }
    return RuntimeLatency(**{**data, **parts})


def _records(run: RuntimeLatency) -> list[dict[str, Any]]:
    if run.layers:
        return [
            {"runtime": run.runtime, "id": " + ".join(layer.ids), **_figures(layer)}
            for layer in run.layers
        ]
    return [{"runtime": run.runtime, **asdict(run.latency_ms)}]


def _figures(layer: LayerLatency) -> dict[str, Any]:
    return {name: value for name, value in asdict(layer).items() if name != "ids"}


def _plain(value: Any) -> Any:
    """Return ``value`` with lists for tuples, as JSON reads back."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
