"""Time and MAdds by operator: the sums of the layers, whatever is folded into them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archcalc import build, count
from archcalc.models.latency.by_op import OpLatencyTable, madds_of
from tests.each import each
from tests.models.latency.made_up import made_up

NETS = ["mobilenet_v2", "googlenet", "ssdlite_mobilenet_v2", "faster_rcnn_mobilenet_v1"]


@each("name", NETS)
def test_nothing_is_lost(name: str) -> None:
    cost = count(build(name))
    (run,) = made_up(cost.net).runs
    records = OpLatencyTable(run, cost).records()
    assert sum(record["madds"] for record in records) == cost.madds
    assert sum(record["madds_share"] for record in records) == pytest.approx(100)
    assert sum(record["time_share"] for record in records) == pytest.approx(100)
    assert sum(record["ms"] for record in records) == pytest.approx(run.sum_of_layers_ms)
    assert sum(record["layers"] for record in records) == len(run.layers)
    assert [r["ms"] for r in records] == sorted((r["ms"] for r in records), reverse=True)


def test_madds_are_those_of_the_cost_table_by_operator() -> None:
    cost = count(build("mobilenet_v3_small"))
    (run,) = made_up(cost.net).runs
    ours = {one["op"]: one["madds"] for one in OpLatencyTable(run, cost).records() if one["madds"]}
    theirs = {one["key"]: one["madds"] for one in cost.by("op").records() if one["madds"]}
    assert ours == theirs


def test_a_layer_that_is_not_of_the_net_has_no_madds() -> None:
    cost = count(build("mobilenet_v1"))
    (run,) = made_up(cost.net).runs
    assert madds_of(run.layers, cost)[-1] == 0
    record = next(one for one in OpLatencyTable(run, cost).records() if one["op"] == "Flatten")
    assert (record["madds"], record["gmadds_per_s"]) == (0, None)


def test_speed_is_of_all_images_of_a_pass() -> None:
    net = build("mobilenet_v1")
    (run,) = made_up(net, batch=4).runs
    for cost in (count(net), count(net, batch=4)):
        records = OpLatencyTable(run, cost, batch=4).records()
        first = next(record for record in records if record["madds"])
        layers = [layer for layer in cost.layers if layer.node.op.label == first["op"]]
        images = 4 * sum(layer.madds for layer in layers) / cost.batch
        assert first["gmadds_per_s"] == pytest.approx(images / (first["ms"] / 1000) / 1e9)


def test_without_layers_there_is_nothing() -> None:
    cost = count(build("mobilenet_v1"))
    (run,) = made_up(cost.net).runs
    assert OpLatencyTable(replace(run, layers=()), cost).records() == []
