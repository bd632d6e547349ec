"""Our counts against fvcore's and torch's: equal by layer, every difference explained."""

from __future__ import annotations

import copy
import json
import logging
import subprocess
import sys
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.pool import MaxPool
from archcalc.language.spec.calls import INPUT
from archcalc.language.spec.find import zoo_names
from archcalc.models.nets.build import to_torch
from archcalc.models.nets.crosscheck import crosscheck
from archcalc.models.nets.crosscheck_table import CrosscheckRow, CrosscheckTable
from tests.models.nets.by_hand import layer, mixed, net_of, small
from tests.zoo import PAIR, few


def adds_up(table: CrosscheckTable) -> bool:
    return all(
        table.totals[tool] - table.totals["ours"] == sum(terms.values())
        for tool, terms in table.differences.items()
    )


def explained(table: CrosscheckTable, tool: str) -> dict[str, int]:
    """Return the named terms of a tool, without the rest, which must be nothing."""
    terms = dict(table.differences[tool])
    assert terms.pop("unexplained") == 0
    return terms


def test_a_net_agrees_on_every_convolution_and_linear_layer() -> None:
    net = mixed()
    table = crosscheck(net)
    weighted = [n for n in net.graph.nodes if n.op.name in {"conv", "linear"}]
    assert [row.id for row in table.layers] == [node.id for node in weighted]
    assert [row.op for row in table.layers] == [node.op.label for node in weighted]
    assert all(row.equal and row.ours == row.fvcore == row.flopcounter for row in table.layers)
    assert table.equal
    assert not table.at_least
    assert adds_up(table)
    sizes = {name: c * h * w for name, (c, h, w) in net.shapes.items()}
    assert explained(table, "flopcounter") == {}
    assert explained(table, "fvcore") == {
        "norm": 2 * (sizes["stem.1.norm"] + sizes["sep.1.depthwise.norm"]),
        "global_pool": sizes["sep.1.depthwise.norm"] + sizes["down.1.pool"],
    }
    assert table.uncounted["fvcore"]["aten::softmax"] == 1


@pytest.mark.parametrize("name", few(zoo_names(), of=PAIR))
def test_every_net_of_the_zoo_agrees(name: str) -> None:
    net = small(name)
    table = crosscheck(net)
    assert table.equal
    assert not table.at_least
    assert adds_up(table)
    assert explained(table, "flopcounter") == {}
    assert set(explained(table, "fvcore")) <= {"norm", "global_pool", "resample"}
    weighted = [n.id for n in net.graph.nodes if n.op.name in {"conv", "linear"}]
    assert [row.id for row in table.layers] == weighted


def test_its_module_alone_has_the_same_counts() -> None:
    net = mixed()
    from_net, from_module = crosscheck(net).to_dict(), crosscheck(to_torch(net)).to_dict()
    assert from_module == from_net


def test_largest_values_are_no_term_of_fvcore() -> None:
    table = crosscheck(net_of(layer("a.1.pool", MaxPool(whole=True), INPUT, 3)))
    assert table.totals == {"ours": 0, "fvcore": 0, "flopcounter": 0}
    assert table.equal


def test_a_part_counts_as_often_as_it_runs() -> None:
    point = Conv(kernel=(1, 1))
    net = net_of(
        layer("body.1.conv", point, INPUT, 4),
        layer("rois.1.conv", point, "body.1.conv", 6, count=5),
        layer("rois.1.act", Activation(kind="relu"), "rois.1.conv", 6, count=5),
    )
    table = crosscheck(net)
    assert table.equal
    assert [row.ours for row in table.layers] == [17 * 19 * 12, 5 * 17 * 19 * 24]
    assert crosscheck(to_torch(net)).to_dict() == table.to_dict()


def test_the_table_is_plain_data() -> None:
    table = crosscheck(mixed())
    data = table.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["input"] == [3, 17, 19]
    assert list(data["layers"][0]) == ["id", "op", "ours", "fvcore", "flopcounter", "equal"]
    frame = table.to_frame()
    assert frame["ours"].sum() == data["totals"]["ours"]


class Sampler(nn.Module):
    """A module as users write them: layers, functions, shared and unknown layers."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, (3, 5), stride=(2, 1), bias=False)
        self.norm = nn.BatchNorm2d(8, affine=False)
        self.shared = nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.up = nn.ConvTranspose2d(8, 4, 2, stride=2)
        self.layer_norm = nn.LayerNorm(4)
        self.scale = nn.Parameter(torch.ones(4))
        self.head = nn.Linear(4, 6)
        self.unused = nn.Linear(5, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.relu(self.norm(self.stem(x)))
        x = self.shared(self.shared(input=x))
        x = self.up(x)
        x = functional.adaptive_avg_pool2d(x, 1).flatten(1)
        x = self.layer_norm(x) * self.scale
        return self.head(x) @ torch.ones(6, 2)


def test_any_module_is_counted_as_far_as_it_is_known() -> None:
    table = crosscheck(Sampler(), (2, 3, 11, 12))
    rows = {row.id: row for row in table.layers}
    stem = 2 * 8 * (5 * 8) * 3 * 15
    assert rows["stem"] == CrosscheckRow("stem", "conv 3x5", stem, stem, stem, True)
    shared = 2 * (2 * 8 * (5 * 8) * 9)
    assert rows["shared"] == CrosscheckRow("shared", "dwconv 3x3", shared, shared, shared, True)
    assert rows["head"] == CrosscheckRow("head", "linear", 48, 48, 48, True)
    for unknown in ("up", "layer_norm", "Sampler"):
        assert rows[unknown].ours is None
        assert rows[unknown].equal is None
    assert set(rows) == {"stem", "shared", "head", "up", "layer_norm", "Sampler"}
    assert table.at_least
    assert table.equal, "what is known agrees"
    assert adds_up(table)
    up = 2 * 8 * (5 * 8) * 4 * 4
    assert explained(table, "flopcounter") == {"uncounted": up + 2 * 6 * 2}
    named = explained(table, "fvcore")
    assert named["norm"] == 2 * 8 * 5 * 8, "without γ and β one operation an element"
    assert named["global_pool"] == 2 * 4 * 10 * 16
    assert set(named) == {"norm", "global_pool", "layer_norm", "uncounted"}


def test_a_single_layer_is_a_module_too() -> None:
    (row,) = crosscheck(nn.Linear(4, 3), (5, 7, 1, 4)).layers
    assert (row.id, row.ours, row.equal) == ("Linear", 7 * 5 * 12, True)


def test_an_error_of_another_counter_is_flagged_and_not_explained_away() -> None:
    # fvcore knows no convolution with padding="same".
    table = crosscheck(nn.Sequential(nn.Conv2d(3, 4, 3, padding="same")), (3, 5, 5))
    (row,) = table.layers
    assert (row.ours, row.fvcore, row.flopcounter, row.equal) == (2700, 0, 2700, False)
    assert table.differences["fvcore"] == {"unexplained": -2700}
    assert not table.equal
    assert "aten::_convolution_mode" in table.uncounted["fvcore"]


def test_the_module_of_the_user_is_not_touched() -> None:
    module = to_torch(mixed())
    module.get_submodule("stem.1").eval()
    seen: list[Any] = []
    module.get_submodule("stem.1.conv").register_forward_hook(lambda *_: seen.append(1))
    module.get_submodule("stem.1.conv").register_forward_pre_hook(lambda *_: seen.append(2))
    before = copy.deepcopy(module.state_dict())
    modes = [part.training for part in module.modules()]
    hooks = [dict(part._forward_hooks) for part in module.modules()]
    state = torch.get_rng_state()
    crosscheck(module)
    assert seen == []
    assert torch.equal(state, torch.get_rng_state())
    assert modes == [part.training for part in module.modules()]
    assert hooks == [dict(part._forward_hooks) for part in module.modules()]
    after = module.state_dict()
    assert list(before) == list(after)
    assert all(torch.equal(value, after[key]) for key, value in before.items())
    assert {value.device.type for value in after.values()} == {"cpu"}


class Noisy(nn.Conv2d):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x + torch.rand(x.shape))


def test_a_module_that_draws_does_not_move_the_random_state() -> None:
    module = nn.Sequential(Noisy(3, 4, 1))
    state = torch.get_rng_state()
    assert crosscheck(module, (3, 5, 5)).equal
    assert torch.equal(state, torch.get_rng_state())


def test_it_prints_and_logs_nothing(caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        crosscheck(mixed())
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_counted_raises() -> None:
    with pytest.raises(ArchcalcError, match="needs its input_shape"):
        crosscheck(nn.Linear(2, 2))
    with pytest.raises(ArchcalcError, match=r"Linear cannot run on an input of \(1, 3, 5, 5\)"):
        crosscheck(nn.Linear(2, 2), (3, 5, 5))
    with pytest.raises(ArchcalcError, match="has its own input"):
        crosscheck(mixed(), (3, 5, 5))
    with pytest.raises(ArchcalcError, match=r"expected a torch\.nn\.Module, not str"):
        crosscheck("mobilenet_v2", (3, 5, 5))


def test_without_fvcore_it_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fvcore.nn", None)
    with pytest.raises(MissingPackage, match=r"crosscheck needs fvcore.*archcalc\[crosscheck\]"):
        crosscheck(mixed())


def test_importing_it_imports_no_torch() -> None:
    code = (
        "import importlib, sys\n"
        "for name in ('build', 'crosscheck', 'names', 'observe'):\n"
        "    importlib.import_module(f'archcalc.models.nets.{name}')\n"
        "    assert not {'torch', 'numpy', 'pandas', 'fvcore'} & set(sys.modules), name"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
