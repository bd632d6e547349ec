"""Every layer call has one entry, and a stamped module is left as it was."""

from collections.abc import Callable

import pytest
import torch
from torch import fx, nn

from archcalc.base.errors import ArchcalcError
from archcalc.models.latency.layers import LayerStamps, LayerTiming, describe_op
from archcalc.models.latency.timer import read_clocks
from tests.each import each

SAMPLE = torch.randn(1, 4, 6, 6)


def stamped(module: nn.Module, passes: int = 3) -> tuple[LayerStamps, list[LayerTiming]]:
    stamps = LayerStamps(module, read_clocks)

    def call() -> object:
        return module(SAMPLE)

    rest = stamps.works_after_last_layer(call)
    for _ in range(passes):
        stamps.take(call)
    return stamps, stamps.layers(rest=rest)


def calls(layers: list[LayerTiming]) -> list[tuple[str, int]]:
    return [(layer.path, layer.call) for layer in layers]


class Twice(nn.Module):
    """One layer called twice, another under two names, an addition at the end if wanted."""

    def __init__(self, *, add: bool) -> None:
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(4, 4, 1), nn.ReLU())
        self.other_name = self.block[1]
        self.unused = nn.Conv2d(4, 4, 1)
        self.add = add

    def forward(self, x: torch.Tensor) -> object:
        y = self.other_name(self.block(self.block(x)))
        return {"sum": x + y} if self.add else (y,)


LAYERS = [("block.0", 1), ("block.1", 1), ("block.0", 2), ("block.1", 2), ("block.1", 3)]


def test_every_call_is_there_once_in_order() -> None:
    stamps, layers = stamped(Twice(add=False).eval())
    assert calls(layers) == LAYERS
    assert all(len(layer.samples.wall) == 3 for layer in layers)
    assert len(stamps.stamped.wall) == 3


def test_work_after_the_last_layer_is_an_entry() -> None:
    stamps, layers = stamped(Twice(add=True).eval())
    assert calls(layers) == [*LAYERS, ("rest", 1)]
    # consecutive stamps: with the rest, nothing of a pass is lost
    for clock in ("wall", "cpu"):
        parts = [layer.samples.ms(clock) for layer in layers]
        whole = stamps.stamped.ms(clock)
        assert [sum(column) for column in zip(*parts, strict=True)] == pytest.approx(whole)


def test_a_graph_module_with_nested_names() -> None:
    graph = fx.symbolic_trace(
        nn.Sequential(nn.ReLU(), nn.Sequential(nn.ReLU(), nn.Conv2d(4, 2, 3)))
    )
    assert calls(stamped(graph)[1]) == [("0", 1), ("1.0", 1), ("1.1", 1)]


@pytest.mark.parametrize(
    ("module", "expected"),
    [(nn.ReLU(), [("module", 1)]), (nn.Sequential(), [("module", 1)])],
)
def test_a_module_that_is_one_layer(module: nn.Module, expected: object) -> None:
    assert calls(stamped(module)[1]) == expected


def test_torchs_own_composites_are_one_layer() -> None:
    class Attention(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = nn.TransformerEncoderLayer(6, 2, 8, batch_first=True)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.encoder(x[0])

    assert calls(stamped(Attention().eval())[1]) == [("encoder", 1)]


def test_only_functional_work() -> None:
    class Functional(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.unused = nn.ReLU()

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.relu()

    assert calls(stamped(Functional())[1]) == [("rest", 1)]


def own_forward(module: nn.Module) -> nn.Module:
    vars(module)["forward"] = type(module).forward.__get__(module)
    return module


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@each("make", [nn.ReLU, lambda: own_forward(nn.ReLU()), lambda: torch.jit.script(nn.ReLU())])
def test_forwards_are_put_back(make: Callable[[], nn.Module]) -> None:
    module = nn.Sequential(make(), nn.ReLU())
    before = [vars(layer).get("forward") for layer in module]
    _, layers = stamped(module)
    assert calls(layers) == [("0", 1), ("1", 1)]
    assert [vars(layer).get("forward") for layer in module] == before


def test_forwards_are_put_back_after_an_error() -> None:
    module = nn.Sequential(nn.ReLU(), nn.Conv2d(7, 2, 3))
    with pytest.raises(RuntimeError):
        stamped(module)
    assert not any("forward" in vars(layer) for layer in module)


def test_layers_that_change_from_pass_to_pass_are_refused() -> None:
    class Alternating(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.count, self.even, self.odd = 0, nn.ReLU(), nn.ReLU6()

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            self.count += 1
            return self.odd(x) if self.count % 2 else self.even(x)

    with pytest.raises(ArchcalcError, match="without layers"):
        stamped(Alternating())


@each(
    ("module", "op"),
    [
        (nn.Conv2d(3, 8, 1), "conv 1x1"),
        (nn.Conv2d(8, 8, (3, 5), groups=8), "dwconv 3x5"),
        (nn.Conv2d(1, 8, 3), "conv 3x3"),
        (nn.Conv1d(4, 8, 7), "conv 7"),
        (nn.ReLU6(), "ReLU6"),
    ],
)
def test_an_op_is_named_with_its_kernel(module: nn.Module, op: str) -> None:
    assert describe_op(module) == op
