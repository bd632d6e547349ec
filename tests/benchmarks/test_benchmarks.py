"""The benchmark: the peers' net equals ours, and the fitted exponent is that of the growth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from archcalc import Spec, build, count
from benchmarks.growth import Point, exponent, generated
from benchmarks.mobilenet_v2 import MobileNetV2
from benchmarks.peers import PEERS, Peer
from benchmarks.report import Report
from benchmarks.throughput import GRID, Timing, choices
from tests.each import each


@pytest.mark.parametrize(
    "width",
    [0.35, *(pytest.param(one, marks=pytest.mark.slow) for one in (0.25, 0.5, 0.75, 1.0, 1.4))],
)
def test_the_peers_net_is_ours(width: float) -> None:
    """Two writings of one paper: a torch module by hand, and the zoo's table."""
    with torch.device("meta"):
        module = MobileNetV2(width)
    table = count(build("mobilenet_v2", width=width))
    assert sum(p.numel() for p in module.parameters()) == table.params
    (counter,) = (peer for peer in PEERS if peer.name == "FlopCounterMode")
    for side in (96, 224):
        ours = count(build("mobilenet_v2", width=width, resolution=side)).madds
        assert counter.count(width, side, "meta") == ours


@each("layers", [1, 10, 101])
def test_generated_specs_have_as_many_layers(layers: int) -> None:
    assert len(count(build(Spec(generated(layers)))).layers) == layers


@each("power", [0.5, 1.0, 2.0])
def test_the_exponent_is_that_of_growth_beyond_the_start(power: float) -> None:
    points = [Point(10**k, 0.3 + 1e-6 * (10**k - 10) ** power, 0) for k in range(1, 6)]
    assert exponent(points) == pytest.approx(power)


def test_every_round_has_its_own_grid() -> None:
    for index in range(9):
        widths, sides = choices(index)
        assert len(set(widths)) == len(set(sides)) == GRID
    assert choices(0) != choices(1)


def timing(name: str, seconds: float) -> Timing:
    return Timing(name, 1, 300_774_272, [seconds] * 3, [seconds] * 3)


def report(fvcore: bool, grid: float = 1e-6) -> Report:
    points = [Point(10**k, 1e-3 * 10**k, 2**20) for k in range(1, 6)]
    timings = [timing("archcalc grid", grid), *([timing("fvcore (cpu)", 0.2)] if fvcore else [])]
    missing = {} if fvcore else {"fvcore": "not installed (fvcore)"}
    return Report(0, points, points, timings, missing)


def test_ratios_are_to_fvcore(tmp_path: Path) -> None:
    text = report(fvcore=True).text()
    assert "The grid counts 200,000 variants while fvcore counts one\n(≥ 100,000" in text
    assert report(fvcore=True).reached()
    assert not report(fvcore=True, grid=1e-5).reached()
    report(fvcore=True).write(tmp_path / "bench.json")
    data = json.loads((tmp_path / "bench.json").read_text())
    assert data["grid_to_fvcore"] == pytest.approx(200_000)
    assert data["variants_exponent"] == pytest.approx(1)


def test_a_missing_peer_is_listed() -> None:
    found = report(fvcore=False)
    assert "fvcore                  missing: not installed (fvcore)" in found.text()
    assert found.ratio is None
    assert found.reached()
    assert Peer("x", "no_such_package", ("cpu",), lambda *_: 0.0).missing() == (
        "not installed (no_such_package)"
    )
