"""Calibrated norms: activations keep their scale, and nothing else changes."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from archcalc.base.errors import ArchcalcError
from archcalc.language.graph.graph import INPUT
from archcalc.language.graph.net import Net
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.norm import Norm
from archcalc.language.ops.pool import AvgPool
from archcalc.models.nets.build import to_torch
from archcalc.models.nets.weights import calibrate_norms, random_input
from tests.models.nets.by_hand import layer, mixed, net_of


def deep(depth: int = 30) -> Net:
    """Return a net in which each layer halves the scale of what it is given, but for its norm."""
    layers = []
    last = INPUT
    for index in range(depth):
        row = f"row_{index}.1"
        layers += [
            layer(f"{row}.conv", Conv(kernel=(3, 3), bias=False), last, 8),
            layer(f"{row}.norm", Norm(), f"{row}.conv", 8),
            layer(f"{row}.act", Activation(kind="hard_sigmoid"), f"{row}.norm", 8),
            layer(f"{row}.gate", Activation(kind="tanh"), f"{row}.act", 8),
        ]
        last = f"{row}.gate"
    return net_of(*layers)


def spread(module: nn.Module, net: Net) -> float:
    """Return how much the output differs from image to image."""
    with torch.no_grad():
        output = module.eval()(random_input(module, net.input_shape, batch=8, seed=9))
    return float(output.std(0).mean())


def test_outputs_differ_between_images_only_once_norms_are_calibrated() -> None:
    net = deep()
    module = to_torch(net)
    before = spread(module, net)
    calibrate_norms(module, net.input_shape)
    assert spread(module, net) > 100 * before


def test_every_norm_gives_mean_zero_and_variance_one_on_what_it_was_calibrated_with() -> None:
    net = mixed()
    module = to_torch(net)
    calibrate_norms(module, net.input_shape, batch=4, seed=2)
    seen = []
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.register_forward_hook(lambda _, __, output: seen.append(output))
    with torch.no_grad():
        module.eval()(random_input(module, net.input_shape, batch=4, seed=2))
    assert seen
    for output in seen:
        mean, variance = output.mean((0, 2, 3)), output.var((0, 2, 3))
        torch.testing.assert_close(mean, torch.zeros_like(mean), atol=1e-2, rtol=0)
        torch.testing.assert_close(variance, torch.ones_like(variance), atol=1e-2, rtol=0)


def test_statistics_are_the_average_of_all_batches() -> None:
    net = net_of(layer("a.1.norm", Norm(), INPUT, 3))
    module = to_torch(net)
    calibrate_norms(module, net.input_shape, batches=3, batch=2, seed=5)
    norm = module.get_submodule("a.1.norm")
    means = [
        random_input(module, net.input_shape, batch=2, seed=5 + index).mean((0, 2, 3))
        for index in range(3)
    ]
    torch.testing.assert_close(norm.running_mean, torch.stack(means).mean(0))
    assert norm.num_batches_tracked == 3


def test_calibrating_again_forgets_what_was_before() -> None:
    net = mixed()
    module, fresh = to_torch(net), to_torch(net)
    calibrate_norms(module, net.input_shape, batches=2, seed=8)
    for each in (module, fresh):
        calibrate_norms(each, net.input_shape, batches=2, seed=1)
    assert all(torch.equal(a, b) for a, b in zip(module.buffers(), fresh.buffers(), strict=True))


def test_only_norms_are_in_training() -> None:
    module = nn.Sequential(nn.Dropout(0.9), nn.BatchNorm2d(3))
    calibrate_norms(module, (3, 4, 4), batch=2)
    expected = random_input(module, (3, 4, 4), batch=2).mean((0, 2, 3))
    torch.testing.assert_close(module[1].running_mean, expected)
    assert module[0].training


def test_nothing_but_the_statistics_changes() -> None:
    net = mixed()
    module = to_torch(net)
    module.get_submodule("stem.1").eval()
    module.get_submodule("stem.1.norm").momentum = 0.3
    module.append_dropout = nn.Dropout(0.5)
    before = copy.deepcopy(module)
    modes = [part.training for part in module.modules()]
    state = torch.get_rng_state()
    calibrate_norms(module, net.input_shape)
    assert torch.equal(state, torch.get_rng_state())
    assert modes == [part.training for part in module.modules()]
    assert module.get_submodule("stem.1.norm").momentum == 0.3
    for name, value in module.state_dict().items():
        statistic = name.rpartition(".")[2] in {
            "running_mean",
            "running_var",
            "num_batches_tracked",
        }
        assert torch.equal(value, before.state_dict()[name]) != statistic, name
    assert all(parameter.grad is None for parameter in module.parameters())


def test_a_norm_of_single_values_says_so_and_modes_come_back() -> None:
    net = net_of(
        layer("a.1.pool", AvgPool(whole=True), INPUT, 3), layer("a.1.norm", Norm(), "a.1.pool", 3)
    )
    module = to_torch(net).eval()
    with pytest.raises(ArchcalcError, match="norms cannot be calibrated: Expected more than 1"):
        calibrate_norms(module, net.input_shape, batch=1)
    assert not any(part.training for part in module.modules())
    assert module.get_submodule("a.1.norm").momentum == 0.1


def test_noise_is_that_of_its_seed_in_the_dtype_of_the_weights() -> None:
    module = nn.Conv2d(1, 1, 1).double()
    x = random_input(module, (1, 2, 2), batch=3, seed=4)
    assert (x.shape, x.dtype) == ((3, 1, 2, 2), torch.double)
    assert torch.equal(x, random_input(module, (1, 2, 2), batch=3, seed=4))
    assert not torch.equal(x, random_input(module, (1, 2, 2), batch=3, seed=5))
    assert random_input(nn.ReLU(), (1, 2, 2)).dtype == torch.float32
