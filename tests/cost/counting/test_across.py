"""Nets side by side: every figure equals the net's own sums."""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, build, count
from archcalc.cost.counting.across import across

NAMES = ["mobilenet_v1", "mobilenet_v3_small", "googlenet", "faster_rcnn_mobilenet_v1"]


@pytest.mark.parametrize("key", ["op", "size"])
def test_parts_add_up_to_each_net(key: str) -> None:
    costs = [count(build(name)) for name in NAMES]
    table = across(costs, key)  # type: ignore[arg-type]
    for index, cost in enumerate(costs):
        own = [parts[index] for parts in table.groups.values()]
        found = [part for part in own if part is not None]
        assert sum(part.madds for part in found) == cost.madds
        assert sum(part.params for part in found) == cost.params
        assert sum(part.layers for part in found) == len(cost.layers)
        assert sum(part.madds_share or 0 for part in found) == pytest.approx(100)
    assert len(table.records()) == sum(
        part is not None for parts in table.groups.values() for part in parts
    )


def test_operators_are_those_of_each_net() -> None:
    costs = [count(build(name)) for name in NAMES]
    table = across(costs, "op")
    for index, cost in enumerate(costs):
        for record in cost.by("op").records():
            part = table.groups[record["key"]][index]
            assert part is not None
            assert (part.madds, part.params) == (record["madds"], record["params"])


def test_sizes_go_from_large_to_small() -> None:
    sizes = list(across([count(build("faster_rcnn_mobilenet_v1"))], "size").groups)
    areas = [int(h) * int(w) for h, w in (size.split("x") for size in sizes)]
    assert areas == sorted(areas, reverse=True)


def test_one_convention() -> None:
    net = build("mobilenet_v1")
    with pytest.raises(ArchcalcError, match="one convention"):
        across([count(net), count(net, "fvcore")], "op")
    with pytest.raises(ArchcalcError, match="at least one"):
        across([], "op")
