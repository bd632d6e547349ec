"""Ratios of stages and groups: said as short as can be, and cut as `build` cuts them."""

from __future__ import annotations

import pytest

from archcalc import build, count
from archcalc.cost.shrink import QUANTITIES, shrink
from archcalc.units import format_percent
from dashboard.views.choice import read_prune, write_prune
from dashboard.views.fields import read_all, write_all
from dashboard.views.pruning import FIELDS, groups, of_stages, ratios, with_ratio
from dashboard.views.shrunk import bars


@pytest.mark.parametrize("name", ["mobilenet_v1", "mobilenet_v3_small", "densenet121"])
def test_a_slider_changes_its_stage_or_group_alone(name: str) -> None:
    graph = build(name).graph
    one = with_ratio(graph, 0.25, "stage_3", 0.5)
    assert of_stages(graph, one)["stage_3"] == 0.5
    assert {of_stages(graph, one)[f"stage_{n}"] for n in (1, 2)} == {0.25}
    group = graph.prunable[0].name
    two = with_ratio(graph, one, group, 0.75)
    before, after = ratios(graph, one), ratios(graph, two)
    assert {key for key in before if before[key] != after[key]} == {group}
    assert with_ratio(graph, two, group, before[group]) == one
    assert with_ratio(graph, one, "stage_3", 0.25) == 0.25
    assert read_prune(write_prune(two)) == two


def test_the_ratios_are_those_that_build_cuts() -> None:
    whole = build("mobilenet_v2")
    prune = with_ratio(whole.graph, 0.0, "stage_4", 0.5)
    cut = build("mobilenet_v2", prune=dict(prune) if isinstance(prune, tuple) else prune)
    changed = {g.name for g in whole.graph.groups if cut.variant.widths[g.name] != g.base}
    assert changed == {g.name for g in whole.graph.prunable if g.stage == 4}


def test_a_link_holds_the_view() -> None:
    values = {field.name: field.default for field in FIELDS}
    values |= {"tab": "weights", "threshold": 1.3, "what": "rows", "share": 0.8, "gamma": 0.5}
    assert read_all(FIELDS, write_all(FIELDS, values)) == (values, [])


@pytest.mark.parametrize("prune", [0.5, {"conv_1.1": 0.25, "stage_4": 0.5}])
def test_groups_have_the_channels_that_are_built(prune: float | dict[str, float]) -> None:
    before, after = (count(build("mobilenet_v1", prune=p)) for p in (None, prune))
    records = groups(before, after)
    assert [one["group"] for one in records] == [g.name for g in before.net.graph.prunable]
    for one in records:
        assert one["after"] == after.net.variant.widths[one["group"]]
        assert one["before"] == before.net.variant.widths[one["group"]]
        # V1's channels are multiples of 32: an eighth of any of them is whole
        assert one["after"] == one["before"] * (1 - one["ratio"])


def test_bars_tell_what_a_row_costs_before_and_after() -> None:
    before, after = (count(build("mobilenet_v2", prune=p)) for p in (None, {"stage_3": 0.5}))
    table = shrink(before, after)
    for cost in QUANTITIES:
        found, unit = bars(table, cost)
        for bar, record in zip(found, table.records(), strict=True):
            assert bar["before"] * unit.size == pytest.approx(record[f"{cost}_before"])
            assert bar["after"] * unit.size == pytest.approx(record[f"{cost}_after"])
            smaller = record[f"{cost}_after"] < record[f"{cost}_before"]
            assert bar["change"].startswith("▼") == smaller
            if smaller:
                assert format_percent(record[f"{cost}_left"] - 100, 1) in bar["about"]
    changed = [bar["key"] for bar in bars(table, "madds")[0] if bar["change"].startswith("▼")]
    assert changed == ["bottleneck_4", "bottleneck_5"]
