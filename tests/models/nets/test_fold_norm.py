"""Folding norms: equal outputs, and only foldable norms are folded."""

import copy
from collections.abc import Callable

import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations, prune

from archcalc.base.errors import ArchcalcError
from archcalc.models.nets.fold_norm import eval_copy, fold_norm, is_leaf
from tests.each import each

pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")


def calibrated(module: nn.Module, shape: tuple[int, ...] = (4, 3, 12, 12)) -> nn.Module:
    """Give every norm random weights, and statistics of what really passes through it."""
    torch.manual_seed(0)
    for norm in module.modules():
        if isinstance(norm, nn.modules.batchnorm._BatchNorm):
            norm.momentum = 1.0
            if norm.affine:
                nn.init.uniform_(norm.weight, 0.5, 2.0)
                nn.init.normal_(norm.bias)
    module.train()
    with torch.no_grad():
        module(torch.randn(shape) + 0.5)
    return module


def assert_same_output(module: nn.Module, folded: nn.Module, shape: tuple[int, ...]) -> None:
    sample = torch.randn(shape)
    with torch.no_grad():
        expected, found = copy.deepcopy(module).eval()(sample), folded(sample)
    assert (found - expected).abs().max() <= 1e-5 * expected.abs().max()


def norms(module: nn.Module) -> list[str]:
    return [name for name, m in module.named_modules() if "Norm" in type(m).__name__]


class Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.act = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.act(self.norm(self.conv(x)))


def small_net() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU6(), Residual(8), nn.Flatten()
    )


def test_the_output_is_equal_and_the_mapping_names_what_went_where() -> None:
    module = calibrated(small_net())
    folded, absorbed = fold_norm(module)
    assert absorbed == {"0": ["1"], "3.conv": ["3.norm"]}
    assert norms(folded) == []
    assert not any(m.training for m in folded.modules())
    assert_same_output(module, folded, (2, 3, 12, 12))


def test_one_dimension_without_affine_and_with_bias() -> None:
    module = nn.Sequential(nn.Conv1d(3, 5, 3), nn.BatchNorm1d(5, affine=False))
    folded, absorbed = fold_norm(calibrated(module, (4, 3, 12)))
    assert absorbed == {"0": ["1"]}
    assert_same_output(module, folded, (2, 3, 12))


def test_the_module_is_not_touched() -> None:
    module = calibrated(small_net())
    module[0].weight.requires_grad_(requires_grad=False)
    module[3].act.eval()
    before = {name: value.clone() for name, value in module.state_dict().items()}
    flags = [m.training for m in module.modules()]
    fold_norm(module)
    assert all(torch.equal(value, before[name]) for name, value in module.state_dict().items())
    assert flags == [m.training for m in module.modules()]
    assert [p.requires_grad for p in module.parameters()].count(False) == 1


class Tagged(nn.Conv2d):
    """A convolution that pads on its own, as TensorFlow does."""

    def __init__(self, *args: int) -> None:
        super().__init__(*args)
        self.tag = "kept"

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(functional.pad(x, (0, 1, 0, 1)))


class Standardized(nn.Conv2d):
    """A convolution whose weights do not survive a scaling."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight = (self.weight - self.weight.mean()) / self.weight.std()
        return functional.conv2d(x, weight, self.bias)


class Activated(nn.Conv2d):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x).relu()


class NormAndActivation(nn.BatchNorm2d):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x).relu()


def test_a_subclass_stays_what_it_is() -> None:
    module = nn.Sequential(Tagged(3, 8, 3), nn.BatchNorm2d(8))
    folded, absorbed = fold_norm(calibrated(module))
    assert absorbed == {"0": ["1"]}
    conv = folded.get_submodule("0")
    assert type(conv) is Tagged
    assert conv.tag == "kept"
    assert_same_output(module, folded, (2, 3, 12, 12))


def hooked() -> nn.Module:
    module = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
    module[0].register_forward_hook(lambda _module, _inputs, output: output * 2)
    return module


def pruned() -> nn.Module:
    module = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
    prune.l1_unstructured(module[0], "weight", 0.5)
    with torch.no_grad():  # pruning leaves a weight with a history, which cannot be copied
        module[0](torch.randn(1, 3, 12, 12))
    return module


def parametrized() -> nn.Module:
    conv = parametrizations.weight_norm(nn.Conv2d(3, 8, 3))
    return nn.Sequential(conv, nn.BatchNorm2d(8))


class Wired(nn.Module):
    """A convolution and a norm, wired as the test says."""

    def __init__(self, wire: Callable[[nn.Module, torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.conv, self.norm, self.wire = nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3), wire

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.wire(self, x)


@each(
    "make",
    [
        lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8, track_running_stats=False)),
        lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8)),
        lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.BatchNorm2d(8)),
        lambda: nn.Sequential(nn.BatchNorm2d(3), nn.Conv2d(3, 8, 3)),
        lambda: nn.Sequential(nn.ConvTranspose2d(3, 8, 3), nn.BatchNorm2d(8)),
        lambda: nn.Sequential(nn.Conv2d(3, 8, 3), NormAndActivation(8)),
        lambda: nn.Sequential(Standardized(3, 8, 3), nn.BatchNorm2d(8)),
        lambda: nn.Sequential(Activated(3, 8, 3), nn.BatchNorm2d(8)),
        hooked,
        pruned,
        parametrized,
        lambda: Wired(lambda m, x: m.norm(m.conv(m.norm(m.conv(x))))),  # both called twice
        lambda: Wired(lambda m, x: m.norm(m.conv(m.conv(x)))),
        lambda: Wired(lambda m, x: m.norm(m.conv(x)) + m.norm(x)),
        lambda: Wired(lambda m, x: m.norm(y := m.conv(x)) + y),  # another user of the output
        lambda: Wired(lambda m, x: m.norm(m.conv(x)) * m.conv.weight.sum()),
    ],
)
def test_what_cannot_be_folded_stays(make: Callable[[], nn.Module]) -> None:
    module = calibrated(make())
    folded, absorbed = fold_norm(module)
    assert absorbed == {}
    assert len(norms(folded)) == len(norms(module))
    assert_same_output(module, folded, (2, 3, 12, 12))


class Optional(nn.Module):
    """Two outputs, and inputs that may be left out."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)

    def forward(
        self, x: torch.Tensor, mask: torch.Tensor | None = None, *, scale: int = 2
    ) -> dict[str, object]:
        if mask is not None:
            x = x * mask
        x = self.norm(self.conv(x))
        return {"scaled": x * scale, "pair": (x, None)}


def test_optional_inputs_and_named_outputs() -> None:
    folded, absorbed = fold_norm(calibrated(Optional()))
    assert absorbed == {"conv": ["norm"]}
    output = folded(torch.randn(1, 3, 12, 12))
    assert list(output) == ["scaled", "pair"]
    assert torch.equal(output["scaled"], output["pair"][0] * 2)


def test_hooks_of_the_root_stay() -> None:
    module = calibrated(small_net())
    module.register_forward_pre_hook(lambda _module, inputs: (inputs[0] * 3,))
    assert_same_output(module, fold_norm(module)[0], (2, 3, 12, 12))


def test_what_cannot_be_traced_raises_and_names_eager() -> None:
    with pytest.raises(ArchcalcError, match=r"Wired cannot be traced.*runtime='eager'") as info:
        fold_norm(Wired(lambda m, x: m.conv(x) if x.sum() > 0 else x))
    assert "\n" not in str(info.value)


def test_a_single_layer_is_its_own_copy() -> None:
    conv = nn.Conv2d(3, 8, 3)
    folded, absorbed = fold_norm(conv)
    assert type(folded) is nn.Conv2d
    assert folded is not conv
    assert absorbed == {}


def test_what_cannot_be_copied_raises() -> None:
    class Uncopied(nn.Module):
        def __deepcopy__(self, memo: object) -> "Uncopied":
            raise RuntimeError("no\ncopies")

    with pytest.raises(ArchcalcError, match=r"Uncopied cannot be copied.*RuntimeError: no$"):
        eval_copy(Uncopied())
    with pytest.raises(ArchcalcError, match="not str"):
        eval_copy("resnet")  # type: ignore[arg-type]


def test_layers_and_containers() -> None:
    graph = torch.fx.symbolic_trace(small_net())  # its containers are plain modules
    assert not is_leaf(graph)
    assert not is_leaf(graph.get_submodule("3"))
    assert not is_leaf(nn.Sequential(nn.ReLU()))
    assert not is_leaf(Residual(3))
    assert is_leaf(nn.ReLU())
    assert is_leaf(nn.MultiheadAttention(4, 2))
    assert is_leaf(torch.jit.script(nn.Sequential(nn.ReLU())))
