"""Ratios of stages and groups: said as short as can be, and cut as `build` cuts them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from archcalc import build, count
from archcalc.base.messages import messages
from archcalc.base.units import format_percent
from archcalc.cost.counting.shrink import QUANTITIES, shrink
from dashboard.app_pages.pruning import data_weights as weights
from dashboard.app_pages.pruning.data_as_width import (
    agreed,
    first_of,
    pairs,
    printed_of,
    shown_ratio,
    step_of,
)
from dashboard.app_pages.pruning.data_files import channels_files, weights_files, width_files
from dashboard.app_pages.pruning.data_pruning import FIELDS, groups, of_stages, ratios, with_ratio
from dashboard.app_pages.pruning.data_shrunk import bars
from dashboard.shell.choice import read_prune, write_prune
from dashboard.shell.fields import Field, read_all, write_all
from tests.each import each


@each("name", ["mobilenet_v1", "mobilenet_v3_small", "densenet121"])
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


@each("name", ["mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large"])
def test_pruning_is_the_multiplier_exactly_where_all_groups_are_alike(name: str) -> None:
    net = build(name)
    assert net.spec.rounding is not None
    step = step_of(net.spec.rounding, net.multiple)
    found = pairs(net, "paper", "f32")
    same, apart = agreed(found)
    assert sorted([*same, *apart]) == sorted(found)
    assert same == (["0.25", "0.5", "0.75"] if name == "mobilenet_v1" else [])
    for ratio, pair in found.items():
        alike = all(one["pruned"] == one["narrow"] for one in pair.records())
        assert (ratio in same) == alike
        if alike:
            assert pair.pruned.totals == pair.narrow.totals
        for one in pair.records():
            # what neither rule rounds: unless the multiplier does not narrow it, or it follows
            if one["exact"] is not None and one["exact"] % step == 0:
                assert one["pruned"] == one["exact"]
                assert one["why"] in ("same", "never narrows", "follows")


def test_printed_figures_are_the_claims_on_the_narrow_net() -> None:
    pair = pairs(build("mobilenet_v1"), "paper", "f32")["0.5"]
    claims = [c for c in build("mobilenet_v1").spec.claims
              if (c.width, c.resolution, c.set, c.row) == (0.5, 224, None, None)]  # fmt: skip
    for quantity in ("madds", "params"):
        one = first_of(printed_of(messages(), pair), quantity)
        assert one is not None
        assert one.text in [claim.figures.get(quantity) for claim in claims]
    assert first_of([], "madds") is None


def test_the_ratio_that_is_asked_for_is_shown_where_there_is_one() -> None:
    whole, own = build("mobilenet_v1"), build("mobilenet_v1", prune="0.3")
    assert "0.3" in pairs(own, "paper", "f32")
    assert shown_ratio(pairs(own, "paper", "f32"), own, "") == "0.3"
    assert shown_ratio(pairs(whole, "paper", "f32"), whole, "0.75") == "0.75"
    assert shown_ratio(pairs(whole, "paper", "f32"), whole, "0.3") == "0.5"
    assert pairs(build("vgg16", prune="0.3"), "paper", "f32") == {}
    narrow = build("mobilenet_v3_small", width="0.75")
    assert list(pairs(narrow, "paper", "f32")) == ["0.25", "0.5", "0.75"]


def test_a_threshold_of_the_matrix_has_its_sparsity() -> None:
    cut = weights.matrix("weights", 0.5)
    found = weights.sizes(cut)
    below = [w for row in cut.weights.tolist() for w in row if abs(w) < 0.5]
    assert (found["gone"], found["left"], found["left_shape"]) == (len(below), 16, "4 × 4")
    assert found["percent"] == format_percent(100 * len(below) / 16, 1)
    for what, axis in (("rows", 1), ("columns", 0)):
        cut = weights.matrix(what, 5)
        norms = abs(cut.weights).sum(axis)
        found = weights.sizes(cut)
        assert found["gone"] == sum(norms < 5)
        assert found["left"] == 16 - 4 * found["gone"]
    assert weights.sizes(weights.matrix("rows", weights.MOST_THRESHOLD))["left"] == 0


@each("threshold", [0.0, 1.0, 3.0, weights.MOST_GAMMA])
def test_a_channel_takes_its_row_and_its_column_along(threshold: float) -> None:
    scales = weights.column(threshold)
    own, after = weights.channels_of(scales)
    kept = [abs(one) >= threshold for one in scales.weights.tolist()]
    for row, column, stays in zip(own.mask, after.mask.T, kept, strict=True):
        assert row.tolist() == column.tolist() == [stays] * 4
    assert weights.sizes(own)["left_shape"] == f"{sum(kept)} × 4"
    assert weights.sizes(after)["left_shape"] == f"4 × {sum(kept)}"


def test_the_real_layer_is_cut_by_the_share_that_is_asked_for() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    for share in (0, 0.5, 0.95):
        cut, ways = weights.real_layer(share)
        assert int((~cut.kept).sum()) == int(cut.kept.size * share)
        threshold = weights.threshold_of(cut)
        assert (threshold is None) == (share == 0)
        if threshold is not None:
            assert (abs(cut.weights)[~cut.kept] <= threshold).all()
        by_way = {one["way"]: one for one in ways}
        assert list(by_way) == ["none", "weights", "units", "random"]
        same = by_way["none"]["madds"] == by_way["units"]["madds"]
        assert same == (share == 0)


@pytest.mark.parametrize("cut", ["uniform", "stage"])
def test_each_tab_gives_its_own_tables(cut: str) -> None:
    state = _State(FIELDS, cut=cut)
    before, after = (count(build("mobilenet_v1", prune=p)) for p in (None, "0.5"))
    channels = channels_files(state, before, after)
    width = width_files(messages(), state, after)
    files = [*channels, *width, *weights_files(state)]
    names = [one.file for one in files]
    assert len(set(names)) == len(names)
    assert not {one.what for one in channels} & {one.what for one in width}
    for one in files:
        assert messages()(one.what)
        if not one.lacking and one.suffix in ("csv", "json", "md"):
            assert one.make()
    data = {one.file: json.loads(one.make()) for one in files if one.suffix == "json"}
    rows = next(one for name, one in data.items() if name.endswith("rows.json"))
    assert sum(one["madds_after"] for one in rows["groups"]) == after.madds
    alpha = next(one for name, one in data.items() if name.endswith("alpha.json"))
    own = next(one for one in alpha if one["prune"] == 0.5)
    assert own["madds_pruned"] == own["madds_width"] == after.madds
    assert own["same"] is True


class _State(dict[str, Any]):
    """The defaults of fields, but for some."""

    def __init__(self, fields: Iterable[Field], **values: Any) -> None:
        super().__init__({field.name: field.default for field in fields} | values)

    def __getitem__(self, field: Any) -> Any:
        return super().__getitem__(field.name)
