"""Comparisons: differences to the first net, and the accuracies that are published."""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, build, count, load
from archcalc.studies.budgets.compared import compare, published_of, published_variants
from archcalc.studies.budgets.published_figures import published


def test_differences_are_to_the_first() -> None:
    costs = [count(build("mobilenet_v2", width=w)) for w in (1, "0.5", "1.4")]
    first, *others = compare(costs).records()
    assert first["madds_percent"] == 0
    for record, cost in zip(others, costs[1:], strict=True):
        assert record["madds"] == cost.madds
        assert costs[0].madds * (1 + record["madds_percent"] / 100) == pytest.approx(cost.madds)
    assert [record["madds_percent"] > 0 for record in others] == [False, True]


def test_accuracies_are_the_papers() -> None:
    first, second = compare([count(build("mobilenet_v1")), count(build("mobilenet_v2"))]).records()
    assert (first["top1"], second["top1"]) == (70.6, 72.0)
    assert "1704.04861" in first["source"]


def test_a_net_without_published_accuracy_has_none() -> None:
    assert published_of(build("mobilenet_v2", prune=0.5)) is None
    assert published_of(build("mobilenet_v2", width="0.9")) is None
    assert published_of(build(load("mobilenet_v2").with_params(k=10))) is None


def test_every_published_variant_once_with_its_own_cost() -> None:
    nets = [build("mobilenet_v1"), build("mobilenet_v1", width="0.5"), build("ssd300_vgg")]
    records = published_variants(nets)
    assert len(records) == len(published(load("mobilenet_v1")))
    for record in records[::4]:
        net = build("mobilenet_v1", width=record["width"], resolution=record["resolution"])
        assert record["madds"] == count(net).madds
        found = published_of(net)
        assert found is not None
        assert record["top1"] == found.top1
    own = {(record["width"], record["resolution"]) for record in records if record["own"]}
    assert own == {(1.0, 224), (0.5, 224)}


def test_what_cannot_be_compared() -> None:
    net = build("mobilenet_v1")
    with pytest.raises(ArchcalcError, match="at least two"):
        compare([count(net)])
    with pytest.raises(ArchcalcError, match="one convention"):
        compare([count(net), count(net, batch=2)])
