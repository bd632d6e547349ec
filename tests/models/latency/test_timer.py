"""The schedule and the samples; nothing here asserts how long anything takes."""

import pytest
import torch

from archcalc.base.errors import ArchcalcError
from archcalc.models.latency.timer import (
    QUICK,
    STANDARD,
    Samples,
    Schedule,
    clocks_for,
    read_clocks,
    take,
    warm_up,
)
from tests.each import each


def test_both_clocks_run_on_and_the_host_needs_no_waiting() -> None:
    first, second = read_clocks(), read_clocks()
    assert second[0] >= first[0]
    assert second[1] >= first[1]
    assert clocks_for(torch.device("cpu")) is read_clocks


def test_samples_are_milliseconds_in_order() -> None:
    samples = Samples()
    samples.add((1_000_000, 10), (3_000_000, 500_010))
    samples.add((0, 0), (500_000, 0))
    assert samples.ms("wall") == [2.0, 0.5]
    assert samples.ms("cpu") == [0.5, 0.0]


def test_enough_means_calls_and_seconds() -> None:
    samples = Samples(wall=[400_000_000, 600_000_000], cpu=[0, 0])
    assert samples.reached(2, 1.0)
    assert not samples.reached(3, 1.0)
    assert not samples.reached(2, 1.1)


def test_a_call_is_run_once_a_sample() -> None:
    calls: list[int] = []
    samples = Samples()
    take(lambda: calls.append(1), read_clocks, samples)
    assert len(calls) == len(samples.wall) == len(samples.cpu) == 1
    warm_up(lambda: calls.append(2), read_clocks, Schedule(warmup_calls=3, warmup_seconds=0))
    assert calls == [1, 2, 2, 2]


def test_the_standard_protocol() -> None:
    assert (STANDARD.warmup_calls, STANDARD.passes, STANDARD.seconds) == (10, 40, 1.0)
    assert QUICK.passes < STANDARD.passes


@each("wrong", [{"passes": 0}, {"warmup_calls": -1}, {"seconds": -0.1}])
def test_a_schedule_without_passes_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ArchcalcError):
        Schedule(**wrong)
