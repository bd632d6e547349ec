"""A grid equals `count` of each variant, and torch's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc.base.units import Figure
from archcalc.cost.counting.table import count
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.cost.scaling.sweeping import sweep
from archcalc.language.conventions.convention import CONVENTIONS
from archcalc.language.graph.build import build
from archcalc.language.graph.net import Net
from archcalc.language.loading import load
from archcalc.language.ops import IntShape, Operator
from archcalc.language.transforms import transform
from archcalc.models.nets.build import to_torch
from tests.cost.scaling.drawn import SETS, ZOO, prunes, resolutions, widths
from tests.zoo import PAIR, few

nets = pytest.mark.parametrize("name", few(ZOO, "mobilenet_v2", of=PAIR))


def torch_params(net: Net) -> int:
    """Return the parameters of the torch modules of a net's layers."""
    nodes = net.graph.nodes
    return sum(held(one.op, tuple(net.inputs_of(one)), net.shapes[one.id]) for one in nodes)


@cache
def held(op: Operator, inputs: Sequence[IntShape], output: IntShape) -> int:
    """Return the parameters of a layer's torch module; most layers stand in a net many times."""
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in op.module(inputs, output).parameters())


transformed = cache(lambda name, sets: transform(load(name), sets))


@nets
@settings(max_examples=12)
@given(data=st.data())
def test_product(name: str, data: st.DataObject) -> None:
    sets = data.draw(st.sampled_from(SETS[name]))
    spec = transformed(name, sets)
    chosen: dict[str, Any] = {
        "widths": data.draw(st.lists(widths(name), min_size=1, max_size=3)),
        "resolutions": data.draw(st.lists(resolutions, min_size=1, max_size=3)),
        "prunes": data.draw(st.lists(prunes(spec), min_size=1, max_size=3)),
    }
    how: dict[str, Any] = {
        "convention": data.draw(st.sampled_from(sorted(CONVENTIONS))),
        "batch": data.draw(st.integers(1, 4)),
        "dtype": data.draw(st.sampled_from(["f32", "f16", "int8"])),
    }
    multiple = data.draw(st.sampled_from([1, 2, 8, 32]))
    grid = sweep(name, **chosen, sets=[sets], multiple=multiple, **how)
    records = grid.records()
    variants = list(product(*chosen.values()))
    assert len(grid) == len(records) == len(variants)

    index = data.draw(st.integers(0, len(variants) - 1))
    width, resolution, prune = variants[index]
    net = build(spec, width=width, resolution=resolution, prune=prune, multiple=multiple)
    alone = count(net, **how)
    record = records[index]
    assert {name: record[name] for name in QUANTITIES} == {
        name: alone.totals[name] for name in QUANTITIES
    }
    assert (record["width"], record["resolution"]) == (net.width, net.resolution)
    assert all(type(record[name]) is int for name in QUANTITIES)
    assert count(net).params == torch_params(net)
    layers = grid.layers()
    for layer in alone.layers:
        madds, params = layers[layer.node.id]
        assert (madds.ravel()[index], params.ravel()[index]) == (layer.madds, layer.params)


@nets
def test_a_module_has_the_parameters_of_its_layers(name: str) -> None:
    net = build(transformed(name, SETS[name][-1]))
    with torch.device("meta"):
        module = to_torch(net)
    whole = sum(parameter.numel() for parameter in module.parameters())
    assert count(net).params == torch_params(net) == whole


@nets
@settings(max_examples=6)
@given(data=st.data())
def test_list_of_points(name: str, data: st.DataObject) -> None:
    point = st.tuples(widths(name), resolutions, prunes(name))
    points = data.draw(st.lists(point, min_size=1, max_size=6))
    grid = sweep(name, points=points)
    for record, (width, resolution, prune) in zip(grid.records(), points, strict=True):
        net = build(name, width=width, resolution=resolution, prune=prune)
        totals = count(net).totals
        assert [record[q] for q in QUANTITIES] == [totals[q] for q in QUANTITIES]


def test_the_published_grid_of_v1() -> None:
    """MobileNets, tables 6 and 7: the MAdds of four widths and four resolutions."""
    grid = sweep("mobilenet_v1", widths="1,0.75,0.5,0.25", resolutions="224,192,160,128")
    madds = grid.parts[0].totals.madds[..., 0]
    for printed, computed in (
        (("569M", "325M", "149M", "41M"), madds[:, 0]),
        (("569M", "418M", "290M", "186M"), madds[0]),
    ):
        for text, exact in zip(printed, computed.tolist(), strict=True):
            assert Figure.parse(text).matches(exact), text


def test_several_nets_and_sets() -> None:
    grid = sweep(["mobilenet_v2", "mobilenet_v1"], widths="0.5,1", sets=["", "act=swish"])
    assert len(grid.parts) == 4
    assert [(part.spec.name, part.sets) for part in grid.parts] == [
        ("mobilenet_v2", ""),
        ("mobilenet_v2", "act=swish"),
        ("mobilenet_v1", ""),
        ("mobilenet_v1", "act=swish"),
    ]
    assert [record["set"] for record in grid.records()] == ["", "", "act=swish", "act=swish"] * 2


def test_records_are_what_the_contract_names() -> None:
    (record,) = sweep("mobilenet_v1").records()
    assert list(record) == [
        "model", "width", "resolution", "prune", "madds", "params", "weight_bytes",
        "activation_bytes", "peak_memory_bytes",
    ]  # fmt: skip
    assert record["madds"] == 568_740_352
    assert list(sweep("mobilenet_v1").to_frame().columns) == list(record)
