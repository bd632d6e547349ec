"""A latency table of any net with made-up times."""

from __future__ import annotations

from archcalc.language.graph import Net
from archcalc.language.ops.norm import Norm
from archcalc.models.latency import Latency, LatencyTable, LayerLatency, RuntimeLatency


def made_up(net: Net, *, batch: int = 1, notes: tuple[str, ...] = ()) -> LatencyTable:
    """Return a table as `measure` gives it: norms folded, and a flatten that is of no spec."""
    calls: list[tuple[list[str], str]] = []
    for node in net.graph.nodes:
        if isinstance(node.op, Norm) and calls and calls[-1][0][-1] == node.inputs[0]:
            calls[-1][0].append(node.id)
        else:
            calls.append(([node.id], node.op.label))
    calls.append((["flatten"], "Flatten"))
    times = [0.01 + 0.07 * (index * 37 % 11) for index in range(len(calls))]
    total = sum(times)
    layers = tuple(
        LayerLatency(tuple(ids), op, time, time * 0.9, time * 1.2, 100 * time / total)
        for (ids, op), time in zip(calls, times, strict=True)
    )
    run = RuntimeLatency(
        runtime="folded",
        latency_ms=Latency(total * 0.99, None, None, total * 0.9, total * 1.1, total),
        sum_of_layers_ms=total,
        end_to_end_ms=total * 0.98,
        closure_percent=100 * (1 / 0.98 - 1),
        overhead_percent=1.5,
        passes=20,
        first_call_ms=3 * total,
        preparation_s=0.2,
        cpu_per_wall=1.0,
        page_faults=None,
        error_against_eager=1e-7,
        notes=notes,
        layers=layers,
        samples_ms={"wall": (total,), "cpu": (total,)},
    )
    machine = {"cpu": "Made-up CPU", "logical_cores": 2, "memory_bytes": 2**33, "os": "TestOS"}
    protocol = {
        "clock": "wall",
        "layers_clock": "cpu",
        "threads": 1,
        "batch": batch,
        "dtype": "float32",
        "device": "cpu",
        "passes": 20,
        "seconds": 1.0,
        "warmup_calls": 3,
        "pinning": "pinned to core 1",
    }
    return LatencyTable(machine, protocol, (run,))
