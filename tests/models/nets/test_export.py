"""Nets leave torch: through torch.export and both ONNX exporters, and compute the same."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

from archcalc.language.graph.net import Net
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.pool import MaxPool
from archcalc.language.spec.calls import INPUT
from archcalc.language.spec.find import zoo_names
from archcalc.models.nets.build import to_torch
from tests.models.nets.by_hand import few_proposals, layer, mixed, net_of, small

POINT = Conv(kernel=(1, 1))
NETS = {
    "mixed": mixed(),
    "several outputs, one of them per proposal": net_of(
        layer("body.1.conv", Conv(kernel=(3, 3), stride=2, pad="same_upper"), INPUT, 4),
        layer("map.1.conv", POINT, "body.1.conv", 6),
        layer("rois.1.pool", MaxPool(kernel=(2, 2), pad=1, ceil=True), "body.1.conv", 4, count=3),
        layer("far.1.pool", MaxPool(kernel=(4, 4), stride=3, pad=3), "rois.1.pool", 4, count=3),
        layer("gmp.1.pool", MaxPool(whole=True), "far.1.pool", 4, count=3),
        layer("vector.1.linear", Linear(), "gmp.1.pool", 5, count=3),
        outputs=["map.1.conv", "vector.1.linear"],
    ),
}

SLOW = pytest.param(True, marks=pytest.mark.slow)


def prepared(net: Net, *, batch: int = 2) -> tuple[nn.Module, torch.Tensor]:
    """Return a module in eval mode, its norms with statistics of their inputs, and an input.

    With those of a fresh net (mean 0, variance 1) activations fade to nothing over many layers, and
    any two nets seem to agree.
    """
    module = to_torch(net)
    for norm in module.modules():
        if isinstance(norm, nn.BatchNorm2d):
            norm.momentum = None  # a plain average, here of one pass
    with torch.no_grad():
        module(noise(net.input_shape, 4))
    return module.eval(), noise(net.input_shape, batch, seed=7)


def noise(shape: Sequence[int], batch: int, *, seed: int = 0) -> torch.Tensor:
    """Return normal noise (batch, *shape)."""
    return torch.randn((batch, *shape), generator=torch.Generator().manual_seed(seed))


def uncentre_norms(module: nn.Module) -> None:
    """Let the norms scale and not centre.

    Norms that centre random weights multiply every rounding error from layer to layer (Yang et
    al., arXiv:1902.08129): single precision is then off by more than two runtimes may be.
    """
    for norm in module.modules():
        if isinstance(norm, nn.BatchNorm2d):
            assert norm.running_mean is not None
            assert norm.running_var is not None
            norm.running_var += norm.running_mean.square()
            norm.running_mean.zero_()


def values(output: Any) -> list[np.ndarray]:
    outputs = output.values() if isinstance(output, dict) else [output]
    return [value.detach().numpy() for value in outputs]


def assert_agree(found: list[np.ndarray], expected: list[np.ndarray]) -> None:
    """Hold outputs against each other, relative to their spread and not to zero."""
    for one, other in zip(found, expected, strict=True):
        assert one.shape == other.shape
        spread = other.std(0).mean()
        assert spread > 1e-6, "outputs that do not depend on the input agree by themselves"
        assert np.abs(one - other).max() < 1e-4 * np.abs(other).max()


def run_onnx(module: nn.Module, x: torch.Tensor, *, dynamo: bool, folder: Path) -> list[np.ndarray]:
    """Export to ONNX and run there."""
    path = folder / "net.onnx"
    with warnings.catch_warnings():
        if not dynamo:
            # torch says that its older exporter will go, and of any padding that it is not folded
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.filterwarnings("ignore", "Constant folding")
        torch.onnx.export(module, (x,), str(path), dynamo=dynamo, verbose=False)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return [
        np.asarray(value) for value in session.run(None, {session.get_inputs()[0].name: x.numpy()})
    ]


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("strict", [False, SLOW])
def test_torch_export(name: str, strict: bool) -> None:
    module, x = prepared(NETS[name])
    exported = torch.export.export(module, (x,), strict=strict)
    assert_agree(values(exported.module()(x)), values(module(x)))
    assert set(exported.state_dict) == set(module.state_dict())
    file = io.BytesIO()
    torch.export.save(exported, file)


@pytest.mark.parametrize("name", NETS)
def test_torch_export_of_any_batch(name: str) -> None:
    module, x = prepared(NETS[name])
    batch = torch.export.Dim("batch", min=1, max=64)
    exported = torch.export.export(module, (x,), dynamic_shapes=({0: batch},)).module()
    for count in (1, 5):
        more = noise(x.shape[1:], count)
        torch.testing.assert_close(exported(more), module(more))


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("dynamo", [False, SLOW])
def test_onnx_runtime_agrees(name: str, dynamo: bool, tmp_path: Path) -> None:
    module, x = prepared(NETS[name])
    assert_agree(run_onnx(module, x, dynamo=dynamo, folder=tmp_path), values(module(x)))


@pytest.mark.slow
@pytest.mark.parametrize("name", zoo_names())
def test_every_net_of_the_zoo_exports(name: str, tmp_path: Path) -> None:
    module, x = prepared(few_proposals(name))
    uncentre_norms(module)
    expected = values(module(x))
    assert_agree(values(torch.export.export(module, (x,)).module()(x)), expected)
    for dynamo in (False, True):
        assert_agree(run_onnx(module, x, dynamo=dynamo, folder=tmp_path), expected)


@pytest.mark.slow
@pytest.mark.parametrize("name", zoo_names())
def test_every_net_of_the_zoo_trains(name: str) -> None:
    net = small(name)
    module = to_torch(net)
    output = module(noise(net.input_shape, 2))
    sum(
        value.square().sum()
        for value in (output if isinstance(output, dict) else {0: output}).values()
    ).backward()
    for path, parameter in module.named_parameters():
        assert parameter.grad is not None, path
        assert parameter.grad.isfinite().all(), path
