"""The usual variants: counts of each, beside every published accuracy and no other."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import build, count
from archcalc.base.number import SCALE
from archcalc.studies.budgets.published_figures import published
from archcalc.studies.budgets.variants import usual_variants
from tests.each import each

NETS: list[tuple[str, dict[str, Any]]] = [
    ("mobilenet_v1", {}),
    ("mobilenet_v2", {"width": 0.6, "resolution": 200}),
    ("mobilenet_v3_small", {"prune": 0.3}),
    ("googlenet", {}),
    ("ssdlite_mobilenet_v2", {"prune": {"stage_2": 0.5}}),
]


@each(("name", "choices"), NETS)
def test_every_record_is_a_count(name: str, choices: dict[str, Any]) -> None:
    net = build(name, **choices)
    records = usual_variants(net, convention="paper:conv_only", batch=2, dtype="f16").records()
    whole = count(build(name, prune=net.prune or None), "paper:conv_only", batch=2)
    for record in records:
        variant = build(
            name,
            width=str(record["width"]),
            resolution=record["resolution"],
            prune=net.prune or None,
        )
        totals = count(variant, "paper:conv_only", batch=2, dtype="f16").totals
        for quantity in ("madds", "params", "weight_bytes", "peak_memory_bytes"):
            assert record[quantity] == totals[quantity]
        for quantity in ("madds", "params"):
            percent = 100 * totals[quantity] / getattr(whole, quantity)
            assert record[f"{quantity}_percent"] == pytest.approx(percent, abs=1e-4)
        is_own = (record["width"], record["resolution"]) == (net.width, net.resolution)
        assert record["own"] == is_own
    assert sum(record["own"] for record in records) == 1


@each("name", ["mobilenet_v1", "mobilenet_v2", "mnasnet_a1", "googlenet"])
def test_published_accuracies_are_all_there(name: str) -> None:
    net = build(name)
    table = usual_variants(net)
    found = {
        (round(one["width"] * SCALE), one["resolution"]): (one["top1"], one["source"])
        for one in table.records()
        if one["top1"] is not None
    }
    expected = published(net.spec)
    assert found == {
        (width, side[0]): (one.top1, one.source) for (width, side), one in expected.items()
    }
    assert len(found) > 0


def test_a_pruned_net_has_no_published_accuracy() -> None:
    records = usual_variants(build("mobilenet_v1", prune=0.5)).records()
    assert all(record["top1"] is None for record in records)
