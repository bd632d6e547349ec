"""Latency of activation functions, relative to ReLU in the same run.

Each round times every function once on one tensor, so that all run under the same conditions; a
function is compared with the ReLU of its own round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError, MissingPackage, UnknownName, shorten
from archcalc.base.names import sides_text
from archcalc.base.tables import Record, Table
from archcalc.language.ops.activation import ACTIVATIONS, Activation, parse_activation
from archcalc.models.latency.isolation import Pinning, check_threads, isolated
from archcalc.models.latency.machine import describe_machine
from archcalc.models.latency.summary import ClockChoice, Timing, choose_clock, median, percentile
from archcalc.models.latency.timer import (
    STANDARD,
    Clock,
    Samples,
    Schedule,
    clocks_for,
    take,
    warm_up,
)

if TYPE_CHECKING:
    import torch

BASE = "relu"
"""The reference function."""
_ON_FUSION = (
    "torch's own functions, each result in new memory: a runtime that fuses an activation into the "
    "convolution before it pays less"
)


@dataclass(frozen=True)
class ActivationLatency:
    """One function on the whole tensor, on the clock that ``protocol["clock"]`` names."""

    activation: str
    median_ms: float
    p10_ms: float
    p90_ms: float
    relative: float
    """Median over rounds of its time / ReLU's time in the same round."""
    relative_p10: float
    relative_p90: float
    samples_ms: tuple[float, ...] = ()
    """One per round, in order; none in a table read from a file."""


@dataclass(frozen=True)
class ActivationLatencyTable(Table):
    """The timed functions, the ``protocol`` and the ``machine``."""

    shape: tuple[int, ...]
    machine: Mapping[str, Any]
    protocol: Mapping[str, Any]
    rows: tuple[ActivationLatency, ...]

    @property
    def title(self) -> str:
        return f"activations on a tensor of {sides_text(*self.shape)}"

    def records(self) -> list[Record]:
        """Return one record a function, without its samples."""
        rows = [asdict(row) for row in self.rows]
        return [{k: v for k, v in row.items() if k != "samples_ms"} for row in rows]

    def notes(self) -> Sequence[str]:
        """Return the clock, and the scope of the figures."""
        return [
            f"{self.protocol['clock']} clock: {self.protocol['clock_reason']}",
            _ON_FUSION,
        ]

    def to_dict(self) -> Record:
        return {
            "machine": dict(self.machine),
            "protocol": dict(self.protocol),
            "shape": list(self.shape),
            "rows": self.records(),
        }

    @classmethod
    def from_dict(cls, data: Any) -> ActivationLatencyTable:
        """Return the table from the data of `to_dict`, without its samples.

        Raises ArchcalcError for anything else.
        """
        try:
            rows = tuple(ActivationLatency(**row) for row in data["rows"])
            return cls(tuple(data["shape"]), dict(data["machine"]), dict(data["protocol"]), rows)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            name = type(error).__name__
            raise ArchcalcError(f"no table of activations: {name}, {shorten(error)}") from None


def measure_activations(
    shape: Sequence[int] = (1, 64, 56, 56),
    *,
    kinds: Sequence[str] = ACTIVATIONS,
    threads: int = 1,
    schedule: Schedule = STANDARD,
) -> ActivationLatencyTable:
    """Time activations on a tensor of ``shape`` (batch first), on torch's default device.

    ``kinds``: names or spellings of activations; ReLU is always timed and comes first.
    A pass of the schedule is a round of all functions, in the warm-up too. The process is set up
    and restored as for `measure`.

    Raises UnknownName, ArchcalcError for a shape with a side below 1 or more threads than cores,
    MissingPackage without torch.
    """
    names = list(dict.fromkeys([BASE, *map(_named, kinds)]))
    if len(shape) < 1 or any(type(side) is not int or side < 1 for side in shape):
        raise ArchcalcError(f"a shape has sides of 1 or more, not {tuple(shape)}")
    check_threads(threads)
    try:
        import torch
    except ImportError as error:
        raise MissingPackage("measuring latency", "torch", "torch") from error

    # wide enough for every piece of every function; torch's random state is not touched
    generator = torch.Generator("cpu").manual_seed(0)
    normal = torch.randn(tuple(shape), generator=generator, device="cpu")
    x = (4 * normal).to(torch.get_default_device())
    machine = describe_machine()
    with isolated(threads, x.device) as pinning, torch.inference_mode():
        samples = _rounds(names, x, schedule)
    timings = [Timing(one, sum(one.wall), sum(one.cpu), sum(one.cpu)) for one in samples.values()]
    choice = choose_clock(timings, threads=threads, device=str(x.device))
    return ActivationLatencyTable(
        shape=tuple(shape),
        machine=machine,
        protocol=_protocol(x, schedule, pinning, choice, threads),
        rows=tuple(_row(name, samples, choice.layers) for name in names),
    )


def _rounds(names: Sequence[str], x: torch.Tensor, schedule: Schedule) -> dict[str, Samples]:
    """Warm up by whole rounds, then time each function once per round."""
    read = clocks_for(x.device)
    modules = {name: Activation(kind=name).module([(1, 1, 1)], (1, 1, 1)) for name in names}
    calls = {name: partial(module, x) for name, module in modules.items()}
    warm_up(lambda: [call() for call in calls.values()], read, schedule)
    samples = {name: Samples() for name in names}
    rounds = Samples()
    while not rounds.reached(schedule.passes, schedule.seconds):
        start = read()
        for name, call in calls.items():
            take(call, read, samples[name])
        rounds.add(start, read())
    return samples


def _row(name: str, samples: Mapping[str, Samples], clock: Clock) -> ActivationLatency:
    own, base = samples[name].ms(clock), samples[BASE].ms(clock)
    # the clock did not tick in that round
    ratios = [time / relu for time, relu in zip(own, base, strict=True) if relu]
    if not ratios:
        raise ArchcalcError("the tensor is too small to be timed on this machine's clock")
    return ActivationLatency(
        activation=name,
        median_ms=median(own),
        p10_ms=percentile(own, 10),
        p90_ms=percentile(own, 90),
        relative=median(ratios),
        relative_p10=percentile(ratios, 10),
        relative_p90=percentile(ratios, 90),
        samples_ms=tuple(own),
    )


def _protocol(
    x: torch.Tensor, schedule: Schedule, pinning: Pinning, choice: ClockChoice, threads: int
) -> Record:
    return {
        "device": str(x.device),
        "dtype": str(x.dtype).removeprefix("torch."),
        "threads": threads,
        "pinning": pinning.remark,
        "warmup_calls": schedule.warmup_calls,
        "warmup_seconds": schedule.warmup_seconds,
        "rounds": schedule.passes,
        "seconds": schedule.seconds,
        "clock": choice.layers,
        "clock_reason": _reason(choice),
    }


def _reason(choice: ClockChoice) -> str:
    if choice.layers == "cpu":
        return "one interruption would double the time of a call so short"
    return choice.reason


def _named(kind: str) -> str:
    try:
        return str(parse_activation(kind))
    except ValueError:
        raise UnknownName("activation", str(kind), ACTIVATIONS) from None
