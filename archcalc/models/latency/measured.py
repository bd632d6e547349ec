"""A latency table with its net, as the command prints it and files hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from archcalc.base.names import size_text
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_bytes, format_decimal, format_fixed, format_ms
from archcalc.language.graph import Net
from archcalc.models.latency.table import LatencyTable, RuntimeLatency


@dataclass(frozen=True)
class Measured(Table):
    """A latency table with its net; its notes are machine, protocol, medians and closures."""

    kind: ClassVar[str] = "latency"
    net: Net
    latency: LatencyTable

    @property
    def title(self) -> str:
        protocol = self.latency.protocol
        threads = _threads(protocol["threads"])
        size = size_text(self.net.input_shape)
        return f"{self.net.title} · {size} · latency, batch {protocol['batch']}, {threads}"

    def to_dict(self) -> Record:
        return self.latency.to_dict()

    def records(self) -> list[Record]:
        return self.latency.records()

    def notes(self) -> Sequence[str]:
        runs = self.latency.runs
        return [
            f"machine: {_machine(self.latency)}",
            f"protocol: {_protocol(self.latency)}",
            *(f"{run.runtime}: {line}" for run in runs for line in _remarks(run)),
        ]


def _remarks(run: RuntimeLatency) -> Iterator[str]:
    """Yield the remarks on one runtime's figures."""
    if run.sum_of_layers_ms is not None and run.end_to_end_ms is not None:
        closure = "" if run.closure_percent is None else f", closure {run.closure_percent:+.2f}%"
        stamps = (
            ""
            if run.overhead_percent is None
            else f"; the stamps cost {run.overhead_percent:+.2f}%"
        )
        yield (
            f"the layers add up to {format_ms(run.sum_of_layers_ms)} ms of "
            f"{format_ms(run.end_to_end_ms)} ms{closure}{stamps}"
        )
    prepared = format_fixed(run.preparation_s, 2)
    yield f"first call {format_ms(run.first_call_ms)} ms, prepared in {prepared} s"
    if run.error_against_eager is not None:
        yield f"largest difference from torch eager {run.error_against_eager:.1e}"
    yield from run.notes


def _machine(latency: LatencyTable) -> str:
    machine = latency.machine
    memory = machine.get("memory_bytes")
    load = machine.get("load_average")
    return ", ".join(
        [
            str(machine.get("cpu")),
            f"{machine.get('logical_cores')} logical cores",
            *([format_bytes(memory)] if isinstance(memory, int) else []),
            str(machine.get("os")),
            f"Python {machine.get('python')}",
            f"torch {machine.get('torch')}",
            *([f"load {format_decimal(load[0])}"] if isinstance(load, list) and load else []),
        ]
    )


def _protocol(latency: LatencyTable) -> str:
    protocol = latency.protocol
    seconds, warm = (format_decimal(protocol[one]) for one in ("seconds", "warmup_seconds"))
    warm_up = f"{protocol['warmup_calls']} calls and {warm} s of warm-up"
    return ", ".join(
        [
            f"{protocol['clock']} clock",
            _threads(protocol["threads"]),
            str(protocol["pinning"]),
            f"batch {protocol['batch']}",
            f"{protocol['dtype']} on {protocol['device']}",
            f"at least {protocol['passes']} passes and {seconds} s after {warm_up}",
            "one process, so no interval",
        ]
    )


def _threads(number: int) -> str:
    return "1 thread" if number == 1 else f"{number} threads"
