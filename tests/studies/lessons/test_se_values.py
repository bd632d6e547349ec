"""Squeeze-and-excite: the numpy steps against the torch block, the costs against the counts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

import archcalc
from archcalc.base.errors import ArchcalcError, MissingPackage, UnknownName
from archcalc.language.graph import Net
from archcalc.studies.lessons import SqueezeExciteRun, Weights, digit, excite, squeeze_excite
from archcalc.studies.lessons.scans import digits, network_input

SPEC = """\
archcalc: 1
name: block
input: {height}x{width}x{channels}
rows:
- {{op: squeeze_excite, se: {{ratio: {ratio}, act: {act}, gate: {gate}}}}}
"""


@pytest.fixture(scope="module")
def net() -> Net:
    return archcalc.build("mobilenet_v3_small", resolution=32)


@pytest.fixture(scope="module")
def run(net: Net) -> SqueezeExciteRun:
    return squeeze_excite(net)


def block_of(tmp_path: Path, run: SqueezeExciteRun) -> torch.nn.Module:
    """Return the spec's own block as a torch module, with the weights of ``run``."""
    channels, height, width = run.values.u.shape
    file = tmp_path / "block.yaml"
    file.write_text(
        SPEC.format(
            channels=channels,
            height=height,
            width=width,
            ratio=len(run.values.hidden) / channels,
            act=run.act,
            gate=run.gate,
        )
    )
    module = archcalc.to_torch(archcalc.build(str(file))).double().eval()
    layers = [layer for layer in module.modules() if isinstance(layer, torch.nn.Conv2d)]
    for layer, name in zip(layers, ("reduce", "expand"), strict=True):
        weight, bias = getattr(run.weights, name), getattr(run.weights, f"{name}_bias")
        layer.weight.data = torch.tensor(weight)[:, :, None, None]
        assert layer.bias is not None
        layer.bias.data = torch.tensor(bias)
    return module


@pytest.mark.parametrize("index", [0, 1, -1])
def test_the_steps_are_the_torch_block(
    net: Net, run: SqueezeExciteRun, tmp_path: Path, index: int
) -> None:
    run = squeeze_excite(net, block=run.blocks[index])
    values = run.values
    with torch.no_grad():
        scaled = block_of(tmp_path, run)(torch.tensor(values.u)[None])[0]
    np.testing.assert_allclose(values.scaled, scaled.reshape(values.u.shape), rtol=1e-7, atol=1e-12)


def test_the_run_is_what_the_net_computes(net: Net, run: SqueezeExciteRun) -> None:
    """A given module with weights of its own: its forward gives the same map and gate."""
    module = archcalc.to_torch(net, seed=5).eval()
    before = {name: value.clone() for name, value in module.state_dict().items()}
    result = squeeze_excite(net, digit(3), module=module, block=run.blocks[2])
    seen: dict[str, torch.Tensor] = {}
    for part in ("pool", "gate", "scale"):
        path = f"{run.blocks[2]}.{part}"
        module.get_submodule(path).register_forward_hook(
            lambda _, __, output, part=part: seen.update({part: output[0]})
        )
    module(torch.tensor(result.image, dtype=torch.float32)[None])
    near = {"rtol": 1e-4, "atol": 1e-5}
    np.testing.assert_allclose(result.values.z, seen["pool"].detach().flatten(), **near)
    np.testing.assert_allclose(result.values.s, seen["gate"].detach().flatten(), **near)
    np.testing.assert_allclose(result.values.scaled, seen["scale"].detach(), **near)
    # and the module is as it was
    after = module.state_dict()
    assert all(torch.equal(value, after[name]) for name, value in before.items())
    assert not result.seeded
    assert run.seeded
    assert len(run.notes()) == len(result.notes()) + 1


def test_the_laws_of_the_three_steps(run: SqueezeExciteRun) -> None:
    values = run.values
    channels, height, width = values.u.shape
    # equation 2: the mean, one by one
    for c in (0, channels - 1):
        total = sum(values.u[c, i, j] for i in range(height) for j in range(width))
        assert values.z[c] == pytest.approx(total / (height * width), rel=1e-12)
    assert (values.hidden >= 0).all()
    assert ((values.s >= 0) & (values.s <= 1)).all()
    for record in run.channels:
        # a gate scales the mean as it scales the map
        assert record["scaled_mean"] == pytest.approx(record["z"] * record["gate"], abs=1e-12)
    # a real map of a real image: neither dead nor all alike
    assert values.u.std() > 0.01
    assert values.s.std() > 0.001


def test_the_paper_s_form_with_sigmoid() -> None:
    generator = np.random.default_rng(1)
    u, w1, w2 = (generator.standard_normal(size) for size in ((6, 4, 5), (2, 6), (6, 2)))
    values = excite(u, Weights(w1, np.zeros(2), w2, np.zeros(6)), act="relu", gate="sigmoid")
    z = torch.tensor(u).mean((1, 2))
    s = torch.sigmoid(torch.tensor(w2) @ functional.relu(torch.tensor(w1) @ z))
    np.testing.assert_allclose(values.s, s.numpy(), rtol=1e-12)
    np.testing.assert_allclose(values.scaled, (s[:, None, None] * torch.tensor(u)).numpy())


def test_the_costs_are_those_of_two_layers(net: Net) -> None:
    module = archcalc.to_torch(net)
    for name in squeeze_excite(net, module=module).blocks[::4]:
        run = squeeze_excite(net, module=module, block=name)
        channels, squeezed = len(run.values.z), len(run.values.hidden)
        assert run.madds == 2 * channels * squeezed
        assert run.params == 2 * channels * squeezed + channels + squeezed
        assert [step["madds"] > 0 for step in run.records()] == [
            False,
            True,
            False,
            True,
            False,
            False,
        ]
    table = archcalc.count(net)
    assert (run.net_madds, run.net_params) == (table.madds, table.params)


def test_every_block_of_the_net_is_found(net: Net, run: SqueezeExciteRun) -> None:
    scales = [node.id for node in net.graph.nodes if node.op.label == "multiply"]
    assert [f"{name}.scale" for name in run.blocks] == scales


def test_one_seed_gives_one_set_of_numbers(net: Net, run: SqueezeExciteRun) -> None:
    again, other = squeeze_excite(net), squeeze_excite(net, seed=1)
    np.testing.assert_array_equal(again.values.scaled, run.values.scaled)
    assert not np.array_equal(other.values.s, run.values.s)
    with pytest.raises(ValueError, match="read-only"):
        run.values.s[0] = 1


@pytest.mark.slow
def test_the_digits_and_their_enlargement() -> None:
    from sklearn.datasets import load_digits

    scans = load_digits()
    assert scans.target[:10].tolist() == list(range(10))
    for index in (0, 9, 1796):
        np.testing.assert_array_equal(digit(index), scans.images[index] / 16)
    images, labels = digits()
    np.testing.assert_array_equal(images, scans.images / 16)
    np.testing.assert_array_equal(labels, scans.target)
    # bilinear as torch does it, at sizes above, at and below the scan's
    images = np.stack([digit(0), digit(7)])
    normal = (images - np.mean(scans.images / 16)) / np.std(scans.images / 16)
    for size in ((224, 224), (64, 40), (8, 8), (11, 9)):
        ours = network_input(images, size, channels=3)
        theirs = functional.interpolate(torch.tensor(normal)[:, None], size, mode="bilinear")
        assert ours.shape == (2, 3, *size)
        for channel in range(3):
            np.testing.assert_allclose(ours[:, channel], theirs[:, 0].numpy(), atol=1e-12)


def test_what_cannot_be_is_one_line(net: Net) -> None:
    with pytest.raises(ArchcalcError, match="mobilenet_v1 has no squeeze-and-excite"):
        squeeze_excite("mobilenet_v1")
    with pytest.raises(UnknownName, match="unknown squeeze-and-excite block 'bneck_3'"):
        squeeze_excite(net, block="bneck_3")
    with pytest.raises(ArchcalcError, match="the module has no layer bneck_2"):
        squeeze_excite(net, module=torch.nn.Conv2d(3, 3, 1))
    with pytest.raises(ArchcalcError, match="image: "):
        squeeze_excite(net, np.zeros((3, 8, 8)))
    with pytest.raises(ArchcalcError, match="index: an integer from 0 to 1796"):
        digit(1797)
    fitting = Weights(np.zeros((2, 6)), np.zeros(2), np.zeros((6, 2)), np.zeros(6))
    with pytest.raises(ArchcalcError, match=r"reduce: \(2, 5\) for 5 channels, not \(2, 6\)"):
        excite(np.ones((5, 2, 2)), fitting, act="relu", gate="sigmoid")
    with pytest.raises(ArchcalcError, match="u: "):
        excite(np.ones((6, 2)), fitting, act="relu", gate="sigmoid")


def test_the_digits_are_found_wherever_scikit_learn_keeps_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = sys.modules[digit.__module__]
    monkeypatch.setattr(module, "_FILE", Path("nowhere"))
    np.testing.assert_array_equal(module._table.__wrapped__(), module._table())
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(MissingPackage, match="scikit-learn"):
        module._table.__wrapped__()
