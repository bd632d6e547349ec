"""Module paths of nodes: readable where torch allows it, replaced and unique where it does not."""

from __future__ import annotations

import keyword

import torch
from torch import nn

from archcalc.language.ops.activation import Activation
from archcalc.language.ops.add import Add
from archcalc.language.ops.pool import AvgPool
from archcalc.language.spec.calls import INPUT
from archcalc.models.nets.build import provenance, to_torch
from archcalc.models.nets.names import module_paths
from tests.models.nets.by_hand import layer, net_of


def paths(*names: tuple[str, str]) -> list[str]:
    """Return the module paths of nodes given as (id, row)."""
    nodes = [layer(name, Activation(kind="relu"), INPUT, 3, row=row)[0] for name, row in names]
    return list(module_paths(nodes).values())


def test_a_name_that_torch_takes_stays() -> None:
    names = ["conv_1.1.conv", "conv_1.2.conv", "3a.1.b1.conv", "Conv.1.act"]
    assert paths(*[(name, name.split(".")[0]) for name in names]) == names


def test_dots_and_dashes_of_a_row_are_replaced() -> None:
    assert paths(("res-2.a.1.conv", "res-2.a")) == ["res_2_a.1.conv"]


def test_a_replaced_name_never_takes_that_of_another_row() -> None:
    found = paths(("a-b.1.x", "a-b"), ("a.b.1.x", "a.b"), ("a_b.1.x", "a_b"))
    assert found == ["a_b_2.1.x", "a_b_3.1.x", "a_b.1.x"]


def test_names_of_modules_and_of_python_are_replaced() -> None:
    rows = ["train", "type", "graph", "code", "forward", "class", "None", "_modules", "training"]
    assert paths(*[(f"{row}.1.act", row) for row in rows]) == [f"{row}_.1.act" for row in rows]


def test_a_layer_has_no_layers_below_it() -> None:
    found = paths(("r.1.conv", "r"), ("r.1.conv.act", "r"))
    assert sorted(found) == ["r.1.conv.act", "r.1.conv_2"]


def test_a_net_of_such_names_runs_with_its_provenance() -> None:
    rows = ["train", "class", "a-b", "a_b", "a.b", "x", "input", "self", "flatten", "torch", "1"]
    layers = []
    last = INPUT
    for row in rows:
        layers.append(layer(f"{row}.1.act", Activation(kind="relu"), last, 3, row=row))
        last = f"{row}.1.act"
    net = net_of(*layers, name="42 is-no identifier")
    module = to_torch(net)
    x = torch.rand(2, 3, 17, 19) - 0.5
    assert torch.equal(module(x), x.relu())
    assert [origin.row_id for origin in provenance(module).values()] == rows
    assert all(
        not keyword.iskeyword(step) for path in provenance(module) for step in path.split(".")
    )
    assert all(isinstance(module.get_submodule(path), nn.ReLU) for path in provenance(module))


def test_steps_between_layers_leave_the_names_of_rows_alone() -> None:
    pool = AvgPool(whole=True)
    net = net_of(
        layer("flatten.1.pool", pool, INPUT, 3),
        layer("a.1.act", Activation(kind="relu"), "flatten.1.pool", 3, count=2),
        layer("a.1.act_repeat", Activation(kind="relu"), "flatten.1.pool", 3, count=2),
        layer("b.1.add", Add(), ["flatten.1.pool", "a.1.act"], 3, count=2),
        outputs=["flatten.1.pool", "a.1.act", "b.1.add"],
    )
    module = to_torch(net)
    assert list(provenance(module)) == [node.id for node in net.graph.nodes]
    x = torch.rand(2, 3, 17, 19)
    means = x.mean((2, 3))
    outputs = list(module(x).values())
    torch.testing.assert_close(outputs[0], means)
    torch.testing.assert_close(outputs[1], means.repeat_interleave(2, 0))
    torch.testing.assert_close(outputs[2], 2 * means.repeat_interleave(2, 0))
