"""Measuring in another process: results, one at a time, cancelling, errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from archcalc import build
from archcalc.base.errors import ArchcalcError
from archcalc.models.latency import LatencyTable, runtime_names
from archcalc.models.latency.apart import Bench
from archcalc.models.latency.request import ActivationRequest, Request
from archcalc.models.latency.table import Latency, LayerLatency, RuntimeLatency

REQUEST = Request(build("mobilenet_v3_small", width="0.35", resolution=32), quick=True)
PATIENCE = 120


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def test_a_table_comes_back_whole(bench: Bench) -> None:
    runtimes = ("folded",)
    found = bench.start(replace(REQUEST, runtimes=runtimes))
    assert bench.running is found
    # the bench is taken: a second one is refused, and disturbs nothing
    with pytest.raises(ArchcalcError, match="one measurement at a time"):
        bench.start(REQUEST)
    found.wait(PATIENCE)
    assert found.error == ""
    assert found.table is not None
    assert bench.running is None
    assert [run.runtime for run in found.table.runs] == list(runtimes)
    assert len(found.begun) == found.request.steps
    assert {step.partition(":")[0] for step in found.begun} == set(runtimes)
    ids = {name for layer in found.table.runs[0].layers for name in layer.ids}
    assert {node.id for node in REQUEST.net.graph.nodes if node.op.name == "conv"} <= ids
    assert LatencyTable.from_dict(found.table.to_dict()) == found.table


@pytest.mark.slow
def test_activations_are_measured_there_too(bench: Bench) -> None:
    request = ActivationRequest((1, 8, 16, 16), ("hard_swish", "swish"), quick=True)
    found = bench.start(request)
    found.wait(PATIENCE)
    assert (found.error, len(found.begun)) == ("", request.steps)
    assert found.table is not None
    assert found.table.shape == request.shape
    assert [row.activation for row in found.table.rows] == ["relu", *request.kinds]


@pytest.mark.slow
def test_an_error_is_reported_and_the_bench_is_free(bench: Bench) -> None:
    found = bench.start(replace(REQUEST, runtimes=("no_such_runtime",)))
    found.wait(PATIENCE)
    assert found.table is None
    assert all(name in found.error for name in ("no_such_runtime", *runtime_names()))
    assert bench.running is None


def test_it_ends_at_once(bench: Bench) -> None:
    found = bench.start(replace(REQUEST, batch=4096))
    found.cancel()
    found.wait(PATIENCE)
    assert found.cancelled
    assert (found.table, found.error) == (None, "")
    assert bench.running is None


def test_a_process_that_crashes_is_reported(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # no Python starts there
    found = bench.start(REQUEST)
    found.wait(PATIENCE)
    assert "ended with code" in found.error
    assert len(found.error) > len("the measuring process ended with code 1")


def test_a_table_without_layers_is_read_back() -> None:
    ms = Latency(1.0, None, None, 0.9, 1.2, 1.0)
    layer = LayerLatency(("a", "b"), "conv 3x3", 0.5, 0.4, 0.6, 100.0)
    run = RuntimeLatency(
        "folded", ms, 0.5, 0.5, 0.0, 1.0, 3, 2.0, 0.1, 1.0, None, None, ("note",), (layer,),
        {"wall": (1.0, 0.9, 1.2)},
    )  # fmt: skip
    bare = replace(run, sum_of_layers_ms=None, layers=())
    table = LatencyTable({"cpu": "x"}, {"clock": "wall"}, (run, bare))
    assert LatencyTable.from_dict(table.to_dict()) == table
