"""The state set for a measurement is restored, also after an error."""

import os
import random

import numpy as np
import pytest
import torch

from archcalc.models.latency.isolation import isolated

CPU = torch.device("cpu")
needs_affinity = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="this system has no CPU affinity"
)


def use_randomness() -> None:
    torch.randn(3)
    np.random.rand(3)  # noqa: NPY002  # the legacy state is the one that is shared
    random.random()


def state() -> tuple[object, ...]:
    return (
        torch.get_num_threads(),
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None,
        torch.get_rng_state().tolist(),
        random.getstate(),
        str(np.random.get_state()),  # noqa: NPY002
        torch.get_default_dtype(),
        torch.get_default_device(),
    )


@pytest.mark.parametrize("threads", [1, 2])
def test_everything_is_put_back(threads: int) -> None:
    before = state()
    with isolated(threads, CPU):
        assert torch.get_num_threads() == threads
        use_randomness()
    assert state() == before


def test_everything_is_put_back_after_an_error() -> None:
    def fail() -> None:
        with isolated(1, CPU):
            use_randomness()
            raise ZeroDivisionError

    before = state()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert state() == before


@needs_affinity
def test_one_thread_is_pinned_to_a_core_that_is_allowed() -> None:
    allowed = os.sched_getaffinity(0)
    with isolated(1, CPU) as pinning:
        assert os.sched_getaffinity(0) == {pinning.core}
        assert pinning.core in allowed
    with isolated(2, CPU) as pinning:
        assert os.sched_getaffinity(0) == allowed
        assert pinning.core is None
        assert "2 threads" in pinning.remark


@needs_affinity
def test_a_system_that_refuses_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_pid: int, _cores: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "sched_setaffinity", refuse)
    with isolated(1, CPU) as pinning:
        assert pinning.core is None
        assert "refused" in pinning.remark
    monkeypatch.delattr(os, "sched_setaffinity")
    with isolated(1, CPU) as pinning:
        assert "cannot" in pinning.remark
