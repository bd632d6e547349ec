"""Percentiles against numpy, and the choice of the clock."""

from dataclasses import replace

import numpy as np
import pytest

from archcalc.models.latency.summary import (
    Timing,
    choose_clock,
    fault_note,
    leak_note,
    median,
    percentile,
)
from archcalc.models.latency.timer import Samples
from tests.each import each


@each("count", [1, 2, 5, 40, 41])
def test_percentiles_are_numpys(count: int) -> None:
    values = list(np.random.default_rng(count).lognormal(size=count))
    for percent in (0, 10, 50, 90, 100):
        assert percentile(values, percent) == pytest.approx(np.percentile(values, percent))
    assert median(values) == pytest.approx(np.median(values))


def timing(cpu: int, *, process: int | None = None, wall: int = 1000) -> Timing:
    samples = Samples(wall=[wall], cpu=[cpu])
    return Timing(samples, wall, cpu, cpu if process is None else process)


def test_a_quiet_machine_is_reported_in_wall_time() -> None:
    choice = choose_clock([timing(950), timing(1000)], threads=1, device="cpu")
    assert (choice.clock, choice.layers) == ("wall", "cpu")


def test_one_contended_run_puts_all_runs_on_the_cpu_clock_with_a_reason() -> None:
    choice = choose_clock([timing(940), timing(1000)], threads=1, device="cpu")
    assert (choice.clock, choice.layers) == ("cpu", "cpu")
    assert "0.94, below 0.95" in choice.reason


def test_where_the_cpu_clock_sees_too_little_it_is_wall_time() -> None:
    several = choose_clock([timing(500)], threads=2, device="cpu")
    device = choose_clock([timing(500)], threads=1, device="cuda:0")
    for choice in (several, device):
        assert (choice.clock, choice.layers) == ("wall", "wall")
    assert "cuda:0" in device.reason


def test_leaked_threads_are_named() -> None:
    assert leak_note(timing(1000, process=1040), threads=1) is None
    assert "threads leaked" in str(leak_note(timing(1000, process=1060), threads=1))
    # on a busy machine too, where the thread had half of its core
    assert "2.00" in str(leak_note(timing(500, process=1000), threads=1))
    assert leak_note(timing(900, process=2000), threads=2) is None
    assert "threads leaked" in str(leak_note(timing(900, process=2200), threads=2))


def test_an_allocator_that_weighs_is_named() -> None:
    assert fault_note(timing(1000)) is None
    assert fault_note(replace(timing(1000), page_faults=100.0)) is None
    assert "2500 page faults" in str(fault_note(replace(timing(1000), page_faults=2500.0)))
