"""How measured latency looks on a screen, and what is told while it is measured."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archcalc.base.names import size_text
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_bytes, format_ms
from archcalc.cli._blocks import below_blocks
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.language.graph import Net

if TYPE_CHECKING:
    from archcalc.models.latency import LatencyTable, RuntimeLatency

STEPS = 3
"""Steps of one runtime that are told: preparing, warming up, measuring."""


@dataclass(frozen=True)
class Measured(Table):
    """A latency table with the net that it is of, and its remarks in words."""

    net: Net
    latency: LatencyTable

    @property
    def title(self) -> str:
        protocol = self.latency.protocol
        return (
            f"{self.net.title} · {size_text(self.net.input_shape)} · latency, "
            f"batch {protocol['batch']}, {_threads(protocol['threads'])}"
        )

    def to_dict(self) -> Record:
        return self.latency.to_dict()

    def records(self) -> list[Record]:
        return self.latency.records()

    def notes(self) -> Sequence[str]:
        """Return machine, protocol, medians and closures in words."""
        return [
            f"machine: {_machine(self.latency)}",
            f"protocol: {_protocol(self.latency)}",
            *(f"{run.runtime}: {line}" for run in self.latency.runs for line in _remarks(run)),
        ]


@contextmanager
def progress(runtimes: str) -> Iterator[Callable[[str], None] | None]:
    """Yield what to tell the steps of a measurement to: a bar on stderr, if that is a terminal.

    Nothing is drawn between the steps, since that would run while something is timed.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as bar:
        names = {name.strip() for name in runtimes.split(",")} - {""}
        task = bar.add_task("building the net", total=STEPS * len(names))
        told = 0

        def step(text: str) -> None:
            nonlocal told
            bar.update(task, description=text, completed=told)
            bar.refresh()
            told += 1

        bar.refresh()
        yield step


def show_latency(table: Measured, screen: Screen, *, layers: bool) -> None:
    """Show machine, protocol and medians, and the layers if asked for."""
    latency = table.latency
    screen.line(table.title, "bold")
    facts = [("machine", _machine(latency)), ("protocol", _protocol(latency))]
    screen.items([(f"{name:<8}", text) for name, text in facts], "dim")
    screen.blank()
    screen.table(_medians(latency.runs))
    for run in latency.runs:
        screen.items((f"{run.runtime}:", line) for line in _remarks(run))
    if layers:
        for run in latency.runs:
            if run.layers:
                screen.blank()
                screen.line(f"{run.runtime}, layers", "bold")
                screen.table(_layers(table.net, run), _layers(table.net, run, spread=False))
    elif any(run.layers for run in latency.runs):
        screen.line("--layers prints the layers", "dim")


def _medians(runs: Sequence[RuntimeLatency]) -> Grid:
    grid = Grid(
        (
            Column("runtime", fold=True),
            *(Column(head, right=True) for head in ("median ms", "p10", "p90", "CPU ms", "passes")),
        )
    )
    for run in runs:
        ms = run.latency_ms
        times = (ms.median, ms.p10, ms.p90, ms.cpu_median)
        grid.add(
            run.runtime,
            *map(format_ms, times),
            str(run.passes),
            style=("bold", "bold", "", "", "", ""),
        )
    return grid


def _remarks(run: RuntimeLatency) -> Iterator[str]:
    """Yield what must be known of one runtime's figures."""
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
    yield f"first call {format_ms(run.first_call_ms)} ms, prepared in {run.preparation_s:.2f} s"
    if run.error_against_eager is not None:
        yield f"largest difference from torch eager {run.error_against_eager:.1e}"
    yield from run.notes


def _layers(net: Net, run: RuntimeLatency, *, spread: bool = True) -> Grid:
    grid = Grid(
        (
            Column("layer", fold=True),
            Column("op", fold=True),
            Column("ms", right=True),
            Column("%", right=True),
            *([Column("p10", right=True), Column("p90", right=True)] if spread else []),
        )
    )
    labels = below_blocks(net, [layer.ids for layer in run.layers])
    for layer, (block, label) in zip(run.layers, labels, strict=True):
        if block is not None:
            grid.add(block, *[""] * (len(grid.columns) - 1), style="bold")
        grid.add(
            label,
            layer.op,
            f"{layer.median_ms:.3f}",
            f"{layer.share_percent:.2f}",
            *([f"{layer.p10_ms:.3f}", f"{layer.p90_ms:.3f}"] if spread else []),
        )
    return grid


def _machine(latency: LatencyTable) -> str:
    machine = latency.machine
    memory = machine.get("memory_bytes")
    load = machine.get("load_average")
    return ", ".join(
        [
            str(machine.get("cpu")),
            f"{machine.get('logical_cores')} logical cores",
            *([f"{format_bytes(memory)}"] if isinstance(memory, int) else []),
            str(machine.get("os")),
            f"Python {machine.get('python')}",
            f"torch {machine.get('torch')}",
            *([f"load {load[0]:g}"] if isinstance(load, list) and load else []),
        ]
    )


def _protocol(latency: LatencyTable) -> str:
    protocol = latency.protocol
    warm_up = f"{protocol['warmup_calls']} calls and {protocol['warmup_seconds']:g} s of warm-up"
    return ", ".join(
        [
            f"{protocol['clock']} clock",
            _threads(protocol["threads"]),
            str(protocol["pinning"]),
            f"batch {protocol['batch']}",
            f"{protocol['dtype']} on {protocol['device']}",
            f"at least {protocol['passes']} passes and {protocol['seconds']:g} s after {warm_up}",
            "one process, so no interval",
        ]
    )


def _threads(number: int) -> str:
    return "1 thread" if number == 1 else f"{number} threads"
