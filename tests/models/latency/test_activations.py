"""The timing of activations: consistent figures, restored state; no time is asserted."""

from __future__ import annotations

import json
import os

import pytest
import torch

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.ops.activation import ACTIVATIONS
from archcalc.models.latency import ActivationLatencyTable, Schedule, measure_activations
from archcalc.models.latency.summary import median

SHORT = Schedule(warmup_calls=1, warmup_seconds=0.0, passes=5, seconds=0.0)
SHAPE = (1, 8, 32, 32)


@pytest.fixture(scope="module")
def table() -> ActivationLatencyTable:
    return measure_activations(SHAPE, schedule=SHORT)


def test_every_function_is_timed_in_every_round(table: ActivationLatencyTable) -> None:
    assert [row.activation for row in table.rows] == list(ACTIVATIONS)
    assert {len(row.samples_ms) for row in table.rows} == {SHORT.passes}
    assert table.shape == SHAPE


def test_relu_is_what_all_are_compared_with(table: ActivationLatencyTable) -> None:
    base = table.rows[0]
    assert base.activation == "relu"
    assert (base.relative, base.relative_p10, base.relative_p90) == (1, 1, 1)
    for row in table.rows:
        rounds = zip(row.samples_ms, base.samples_ms, strict=True)
        assert row.relative == pytest.approx(median([own / relu for own, relu in rounds]))
        assert row.p10_ms <= row.median_ms <= row.p90_ms
        assert row.relative_p10 <= row.relative <= row.relative_p90
        assert row.median_ms == median(row.samples_ms)


def test_relu_is_always_timed() -> None:
    table = measure_activations(SHAPE, kinds=["HS", "hard_swish"], schedule=SHORT)
    assert [row.activation for row in table.rows] == ["relu", "hard_swish"]


def test_the_table_has_its_protocol(table: ActivationLatencyTable) -> None:
    plain = table.to_dict()
    assert plain["protocol"]["clock"] == "cpu"
    assert plain["protocol"]["threads"] == 1
    assert plain["protocol"]["rounds"] == SHORT.passes
    assert plain["rows"] == table.records()
    assert plain["machine"]
    assert table.notes()[0].startswith("cpu clock: ")
    assert "1x8x32x32" in table.title


def test_threads_are_timed_on_the_wall() -> None:
    if (os.cpu_count() or 1) < 2:
        pytest.skip("one core")
    table = measure_activations(SHAPE, kinds=["relu"], threads=2, schedule=SHORT)
    assert table.protocol["clock"] == "wall"
    assert "2" in table.protocol["clock_reason"]


def test_nothing_is_left_changed() -> None:
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    threads, cores = torch.get_num_threads(), os.sched_getaffinity(0)
    measure_activations(SHAPE, kinds=["relu"], schedule=SHORT)
    assert torch.get_num_threads() == threads
    assert os.sched_getaffinity(0) == cores
    assert torch.equal(torch.rand(2), expected)


def test_what_cannot_be_is_one_line() -> None:
    with pytest.raises(UnknownName, match="unknown activation 'gelo'"):
        measure_activations(SHAPE, kinds=["gelo"], schedule=SHORT)
    for shape in ((), (1, 0), (1, 2.5)):
        with pytest.raises(ArchcalcError, match="a shape has sides of 1 or more"):
            measure_activations(shape, schedule=SHORT)  # type: ignore[arg-type]
    for threads in (0, 10**6):
        with pytest.raises(ArchcalcError, match="threads"):
            measure_activations(SHAPE, threads=threads, schedule=SHORT)


def test_a_table_is_read_back_without_its_samples(table: ActivationLatencyTable) -> None:
    data = json.loads(json.dumps(table.to_dict()))
    back = ActivationLatencyTable.from_dict(data)
    assert back.to_dict() == data
    assert not any(row.samples_ms for row in back.rows)
    for wrong in ({}, {**data, "rows": [{}]}, None):
        with pytest.raises(ArchcalcError, match="no table of activations"):
            ActivationLatencyTable.from_dict(wrong)
