"""A whole measurement: consistent figures, complete layers, errors of one line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.models.latency import LatencyTable, Schedule, measure_module
from archcalc.models.latency.summary import median
from tests.each import each

SHORT = Schedule(warmup_calls=1, warmup_seconds=0.0, passes=4, seconds=0.0)


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.act = nn.ReLU6()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.act(self.norm(self.conv(x)))


def small_net() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), Block(), nn.Dropout(), nn.Conv2d(8, 2, 1)
    )


def measured(module: nn.Module | None = None, **options: Any) -> LatencyTable:
    return measure_module(module or small_net(), (3, 10, 10), **({"schedule": SHORT} | options))


def test_the_figures_are_consistent() -> None:
    for run in measured(runtime=["folded", "eager"]).runs:
        assert run.passes == len(run.samples_ms["wall"]) == len(run.samples_ms["cpu"])
        assert run.passes >= SHORT.passes
        assert run.sum_of_layers_ms == pytest.approx(sum(layer.median_ms for layer in run.layers))
        assert run.end_to_end_ms == median(run.samples_ms["cpu"]) == run.latency_ms.cpu_median
        assert run.closure_percent is not None
        ratio = run.sum_of_layers_ms / run.end_to_end_ms
        assert run.closure_percent == pytest.approx(100 * (ratio - 1))
        assert sum(layer.share_percent for layer in run.layers) == pytest.approx(100)
        for layer in run.layers:
            assert 0 <= layer.p10_ms <= layer.median_ms <= layer.p90_ms
        assert run.latency_ms.p10 <= run.latency_ms.median <= run.latency_ms.p90
        assert run.latency_ms.low is run.latency_ms.high is None


def test_the_headline_is_on_the_clock_that_the_protocol_names() -> None:
    table = measured()
    clock = table.protocol["clock"]
    assert table.runs[0].latency_ms.median == median(table.runs[0].samples_ms[clock])
    assert f"{clock} clock" in table.runs[0].notes[0]


def test_the_protocol_and_json() -> None:
    data = measured(batch=2).to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    protocol = data["protocol"]
    assert protocol["batch"] == 2
    assert protocol["input_shape"] == [3, 10, 10]
    assert (protocol["threads"], protocol["passes"], protocol["processes"]) == (1, 4, 1)
    assert protocol["layers_clock"] == "cpu"
    assert (protocol["dtype"], protocol["device"]) == ("float32", "cpu")
    assert "no interval" in protocol["interval"]


def test_layers_that_do_not_add_up_are_reported() -> None:
    module = small_net()
    for run in measured(module, runtime="eager,folded").runs:
        assert run.closure_percent is not None
        told = any("do not add up" in note for note in run.notes)
        assert told == (abs(run.closure_percent) > 5)


def test_a_folded_layer_has_the_ids_of_its_norm() -> None:
    folded, eager = measured(runtime="folded, eager").runs
    assert [layer.ids for layer in folded.layers] == [
        ("0", "1"),
        ("2.conv", "2.norm"),
        ("2.act",),
        ("3",),
        ("4",),
    ]
    assert [layer.ids for layer in eager.layers] == [
        (path,) for path in ("0", "1", "2.conv", "2.norm", "2.act", "3", "4")
    ]
    assert folded.error_against_eager is not None
    assert folded.error_against_eager < 1e-5
    assert eager.error_against_eager is None


def test_layers_have_the_names_given_by_the_caller() -> None:
    ids = {"0": ["stem.conv"], "1": ["stem.norm", "stem.norm_too"]}
    layers = measured(ids=ids, ops={"4": "classifier"}).runs[0].layers
    assert layers[0].ids == ("stem.conv", "stem.norm", "stem.norm_too")
    assert layers[0].op == "conv 3x3"
    assert layers[-1].ids == ("4",)
    assert layers[-1].op == "classifier"


def test_a_module_called_twice_is_there_twice() -> None:
    relu = nn.ReLU()
    layers = measured(nn.Sequential(relu, nn.Conv2d(3, 2, 1), relu), ids={"0": ["x.act"]})
    assert [layer.ids for layer in layers.runs[0].layers] == [("x.act",), ("1",), ("x.act#2",)]


def test_without_layers() -> None:
    table = measured(layers=False)
    run = table.runs[0]
    assert run.layers == ()
    assert run.sum_of_layers_ms is run.closure_percent is run.overhead_percent is None
    assert "layers_clock" not in table.protocol


class Named(nn.Module):
    def __init__(self, output: Callable[[torch.Tensor], object]) -> None:
        super().__init__()
        self.conv, self.output = nn.Conv2d(3, 4, 1), output

    def forward(self, x: torch.Tensor) -> object:
        return self.output(self.conv(x))


@each("output", [lambda y: {"a": y, "b": (y,)}, lambda y: (y, [y]), lambda y: {"a": y + 1}])
def test_outputs_may_be_nested(output: Callable[[torch.Tensor], object]) -> None:
    for run in measured(Named(output), runtime=("folded", "eager")).runs:
        assert run.layers[0].ids == ("conv",)


def test_no_gradients_are_recorded() -> None:
    modes = []

    def output(y: torch.Tensor) -> torch.Tensor:
        modes.append(torch.is_inference_mode_enabled())
        return y

    measured(Named(output), runtime="eager")
    assert modes
    assert all(modes)


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_a_module_is_measured_in_its_dtype(dtype: torch.dtype) -> None:
    assert measured(small_net().to(dtype)).protocol["dtype"] == str(dtype).removeprefix("torch.")


def test_a_module_without_weights() -> None:
    assert [layer.ids for layer in measured(nn.ReLU()).runs[0].layers] == [("module",)]


def test_several_threads_are_on_the_wall_clock() -> None:
    protocol = measured(threads=2).protocol
    assert (protocol["threads"], protocol["clock"], protocol["layers_clock"]) == (2, "wall", "wall")
    assert protocol["core"] is None


def test_each_step_is_reported() -> None:
    steps: list[str] = []
    measured(runtime="eager", progress=steps.append)
    assert steps == ["eager: preparing", "eager: warming up", "eager: measuring"]


def test_what_the_forward_raises_is_one_line_with_the_shape() -> None:
    with pytest.raises(ArchcalcError, match=r"Conv2d cannot run on .*\(1, 3, 10, 10\)") as info:
        measured(nn.Conv2d(5, 2, 1), runtime="eager")
    assert "\n" not in str(info.value)


@each(
    ("options", "message"),
    [
        ({"runtime": ""}, "no runtime"),
        ({"runtime": []}, "no runtime"),
        ({"threads": 0}, "threads"),
        ({"batch": 0}, "batch"),
        ({"module": nn.Conv2d(3, 2, 1, device="meta")}, "meta device"),
        ({"module": "mobilenet"}, "torch.nn.Module, not str"),
    ],
)
def test_what_cannot_be_measured_raises(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArchcalcError, match=message):
        measured(**options)


@pytest.mark.parametrize("shape", [(), (3, 0, 10)])
def test_an_empty_input_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ArchcalcError, match="sides of 1 or more"):
        measure_module(small_net(), shape)


def test_an_unknown_runtime_raises_before_anything_runs() -> None:
    with pytest.raises(UnknownName, match=r"foldd.*did you mean 'folded'.*eager, folded"):
        measured(runtime="eager,foldd")
