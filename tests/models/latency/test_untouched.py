"""A measurement changes neither the module nor the process."""

import copy
import os
import random

import pytest
import torch
from torch import nn

from archcalc.base.errors import ArchcalcError
from archcalc.models.latency import Schedule, measure_module
from tests.each import each

SHORT = Schedule(warmup_calls=1, warmup_seconds=0.0, passes=4, seconds=0.0)


class Rude(nn.Module):
    """Draws random numbers, writes a buffer, keeps its input, and breaks if it is told to."""

    def __init__(self, *, fail: bool) -> None:
        super().__init__()
        self.register_buffer("seen", torch.zeros(1))
        self.fail = fail

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.last = x
        self.seen += torch.rand(1) + random.random()
        if self.fail:
            raise ValueError("told\nto")
        return x + 1


def process_state() -> tuple[object, ...]:
    return (
        torch.get_num_threads(),
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None,
        torch.get_rng_state().tolist(),
        random.getstate(),
        torch.get_default_dtype(),
        torch.is_inference_mode_enabled(),
        torch.is_grad_enabled(),
    )


def module_state(module: nn.Module) -> list[object]:
    parts = module.named_modules()
    return [
        (name, id(part), part.training, sorted(vars(part)), len(part._forward_hooks))
        for name, part in parts
    ] + [
        (name, id(p), p.requires_grad, p.device, p.dtype, p.grad, p.is_inference())
        for name, p in module.named_parameters()
    ]


@each("runtime", ["eager", "folded"])
@each("fail", [False, True])
def test_nothing_of_the_users_is_changed(runtime: str, fail: bool) -> None:
    module = nn.Sequential(nn.Conv2d(3, 8, 1), Rude(fail=fail), nn.Sequential(nn.ReLU()))
    module[0].weight.requires_grad_(requires_grad=False)
    module[2].eval()
    module[0].register_forward_hook(lambda _module, _inputs, _output: None)
    weights = copy.deepcopy(module.state_dict())
    before = process_state(), module_state(module)
    if fail:
        with pytest.raises(ArchcalcError, match=r"told"):
            measure_module(module, (3, 10, 10), runtime=runtime, schedule=SHORT)
    else:
        measure_module(module, (3, 10, 10), runtime=runtime, schedule=SHORT)
    assert (process_state(), module_state(module)) == before
    assert all(torch.equal(weights[name], value) for name, value in module.state_dict().items())
