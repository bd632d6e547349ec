"""Savings of pruning: equal to counts of every pruned net; when it is a width multiplier."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import Net, build, count
from archcalc.cost.scaling.cuts import KEPT, RATIOS, same_as_width, stage_cuts, uniform_cuts
from tests.each import each

NETS: list[tuple[str, dict[str, Any]]] = [
    ("mobilenet_v1", {}),
    ("mobilenet_v2", {"width": 0.75, "resolution": 160}),
    ("mobilenet_v3_small", {"prune": 0.3}),
    ("shufflenet_1_5", {}),
    ("ssd300_vgg", {}),
    ("googlenet", {"prune": {"stage_2": 0.5}}),
]


def totals(net: Net, prune: Any) -> dict[str, int]:
    size = net.size
    pruned = build(net.spec, width=f"{net.width:g}", resolution=size, prune=prune)
    return dict(count(pruned, "fvcore", batch=2, dtype="f16").totals)


@each(("name", "choices"), NETS)
def test_every_record_is_a_count(name: str, choices: dict[str, Any]) -> None:
    net = build(name, **choices)
    records = uniform_cuts(net, convention="fvcore", batch=2, dtype="f16").records()
    whole = totals(net, 0)
    for record, ratio in zip(records, RATIOS, strict=False):
        assert record["prune"] == float(ratio)
        expected = totals(net, ratio)
        for name_ in KEPT:
            assert record[name_] == expected[name_]
            percent = 100 * expected[name_] / whole[name_]
            assert record[f"{name_}_percent"] == pytest.approx(percent, abs=1e-4)
    own = [record for record in records if record["own"]]
    assert len(own) == 1
    assert own[0]["madds"] == totals(net, net.prune or 0)["madds"]


@each(("name", "choices"), NETS)
def test_every_stage_is_a_count(name: str, choices: dict[str, Any]) -> None:
    net = build(name, **choices)
    table = stage_cuts(net, convention="fvcore", batch=2, dtype="f16")
    whole = totals(net, 0)
    assert {r["stage"] for r in table.records()} == {f"stage_{g.stage}" for g in net.graph.prunable}
    for record in table.records():
        cut = totals(net, {record["stage"]: 0.5})
        for name_ in KEPT:
            saved = 100 * (whole[name_] - cut[name_]) / whole[name_]
            assert record[f"{name_}_saved"] == pytest.approx(saved, abs=1e-4)
    for name_, best in table.most.items():
        if best is not None:
            column = [record[f"{name_}_saved"] for record in table.records()]
            assert best[f"{name_}_saved"] == max(column) > 0


def test_groups_of_stages_are_all_there_is_to_cut() -> None:
    net = build("mobilenet_v2", prune=0.5)
    records = stage_cuts(net).records()
    unpruned = build("mobilenet_v2")
    assert sum(record["groups"] for record in records) == len(net.graph.prunable)
    widths = unpruned.variant.widths
    assert sum(r["channels"] for r in records) == sum(widths[g.name] for g in net.graph.prunable)


def test_v1_pruned_by_a_quarter_is_v1_of_three_quarters() -> None:
    net = build("mobilenet_v1")
    same = {one["prune"]: one["same_as"] for one in uniform_cuts(net).records() if one["same_as"]}
    # of the papers' α exactly those that leave multiples of 8 everywhere
    assert same == {0.25: "0.75", 0.5: "0.5", 0.75: "0.25"}
    for ratio, width in same.items():
        pruned, narrow = (
            count(build("mobilenet_v1", prune=ratio)),
            count(build("mobilenet_v1", width=width)),
        )
        for one, other in zip(pruned.layers, narrow.layers, strict=True):
            assert (one.madds, one.params, one.output) == (other.madds, other.params, other.output)


def test_other_nets_have_no_equal_width() -> None:
    # V2's head never narrows below α = 1, VGG has no α, and no α cuts one stage
    assert same_as_width(build("mobilenet_v2"), "0.5") is None
    assert same_as_width(build("vgg16"), "0.5") is None
    assert same_as_width(build("mobilenet_v1"), {"stage_2": 0.5}) is None
    assert same_as_width(build("mobilenet_v1"), "0") is None
    # 0.1 of 32 channels leaves 32 as a multiple of 8, but ⌊28.8⌋ as V1 truncates
    assert same_as_width(build("mobilenet_v1"), "0.1") is None
    assert same_as_width(build("mobilenet_v1", width=0.5), "0.5") == "0.25"
