"""Two aligned cost tables: every block appears once, on its own side."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import ShapeError, build, count, diff, load, transform, zoo_names
from archcalc.cost.counting import diff as diffing
from tests.each import each


def table(name, **variant):
    try:
        return count(build(name, **variant))
    except ShapeError:  # a detector's last maps leave nothing of a small image
        return count(build(name, **{**variant, "resolution": None}))


@each("name", zoo_names())
def test_a_net_is_the_same_as_itself(name):
    result = diff(table(name), table(name))
    assert {pair.status for pair in result.pairs} == {"same"}
    assert set(result.totals["ratio"].values()) == {1.0}


def test_widths_of_one_net_are_aligned_block_by_block():
    result = diff(table("mobilenet_v2"), table("mobilenet_v2", width=0.5))
    assert all(record["a"] == record["b"] for record in result.records())
    statuses = [pair.status for pair in result.pairs]
    # the head of 1280 channels never narrows: what follows it is unchanged
    assert statuses == ["changed"] * (len(statuses) - 2) + ["same"] * 2
    assert result.totals["ratio"]["madds"] < 1
    assert result.title == "mobilenet_v2 → mobilenet_v2@0.5 · paper"


def test_only_what_follows_the_cut_changes():
    result = diff(table("mobilenet_v1"), table("mobilenet_v1", prune={"conv_19.1": 0.5}))
    changed = [record["a"] for record in result.records() if record["status"] == "changed"]
    assert changed == ["conv_19.1", "avg_pool_20.1", "linear_21.1"]


def test_full_convolutions_in_place_of_separable_pairs():
    result = diff(table("mobilenet_v1"), table("mobilenet_v1_conv"))
    statuses = [pair.status for pair in result.pairs]
    assert statuses[0] == "same"  # the first convolution
    assert statuses[-3:] == ["same"] * 3  # pool, classifier, softmax
    assert statuses.count("removed") == 13  # one of each pair has no counterpart
    assert "added" not in statuses
    # it is the depthwise one: what takes the pair's place gives the pointwise one's channels
    for pair in result.pairs:
        names = [layer.node.op.label for layer in pair.a if layer.madds]
        assert (pair.status == "removed") == (names == ["dwconv 3x3"])
        assert not pair.b or pair.a[-1].output == pair.b[-1].output


def test_rows_that_a_transform_merges_are_aligned_as_those_of_another_net():
    names = ("mobilenet_v1", "mobilenet_v1_conv")
    full = count(build(transform(load(names[0]), "conv=full")))
    by_name, by_set = diff(table(names[0]), table(names[1])), diff(table(names[0]), full)
    assert [pair.status for pair in by_set.pairs] == [pair.status for pair in by_name.pairs]
    assert [one["a"] for one in by_set.records()] == [one["a"] for one in by_name.records()]


def test_blocks_of_a_changed_net_keep_their_places():
    ordinary = count(build(transform(load("mobilenet_v2"), "residual=ordinary")))
    result = diff(table("mobilenet_v2"), ordinary)
    assert all(record["a"] == record["b"] for record in result.records())


def test_an_absent_block_has_no_figures():
    result = diff(table("mobilenet_v3_small"), table("mobilenet_v3_large"))
    for record in result.records():
        for side, absent in (("a", "added"), ("b", "removed")):
            names = (side, f"op_{side}", f"output_{side}", f"madds_{side}", f"params_{side}")
            missing = [record[name] is None for name in names]
            assert all(missing) if record["status"] == absent else not any(missing)
        assert record["status"] in {"same", "changed", "added", "removed"}


variants = st.fixed_dictionaries(
    {"resolution": st.sampled_from([96, 160, 224])}, optional={"prune": st.sampled_from([0.3, 0.5])}
)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(zoo_names()), variants, st.sampled_from(zoo_names()), variants)
def test_every_block_appears_once_in_order(name_a, variant_a, name_b, variant_b):
    a, b = table(name_a, **variant_a), table(name_b, **variant_b)
    result = diff(a, b)
    for side, whole in (("a", a), ("b", b)):
        blocks = [record[side] for record in result.records() if record[side] is not None]
        assert blocks == list(whole.by("block").groups)
        for figure in ("madds", "params"):
            column = [record[f"{figure}_{side}"] or 0 for record in result.records()]
            assert sum(column) == getattr(whole, figure)
            assert sum(column) == result.totals[side][figure]


def greatest(likeness: list[list[int]], i: int = 0, j: int = 0) -> int:
    """Return the greatest total of pairs in order, by trying all."""
    if i == len(likeness) or j == len(likeness[0]):
        return 0
    both = likeness[i][j] + greatest(likeness, i + 1, j + 1)
    return max(both, greatest(likeness, i + 1, j), greatest(likeness, i, j + 1))


@given(
    st.integers(1, 4).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, 10), min_size=size, max_size=size), min_size=1, max_size=4
        )
    )
)
def test_blocks_are_paired_with_the_greatest_total_likeness(likeness):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diffing, "_likeness", lambda a, b: likeness[a - 1][b - 1])
        pairs = list(
            diffing._most_alike(range(1, len(likeness) + 1), range(1, len(likeness[0]) + 1))
        )
    both = [(pair.a, pair.b) for pair in pairs if pair.a and pair.b]
    assert sum(likeness[a - 1][b - 1] for a, b in both) == greatest(likeness)


def test_swapping_the_sides_swaps_added_and_removed():
    there = diff(table("googlenet"), table("vgg16"))
    back = diff(table("vgg16"), table("googlenet"))
    assert there.totals["a"] == back.totals["b"]
    surplus = [sum(pair.status == s for pair in there.pairs) for s in ("added", "removed")]
    deficit = [sum(pair.status == s for pair in back.pairs) for s in ("added", "removed")]
    assert surplus[0] - surplus[1] == deficit[1] - deficit[0]


def test_json_is_plain():
    record = json.loads(json.dumps(diff(table("vgg16"), table("googlenet")).to_dict()))
    assert record.keys() == {"a", "b", "totals", "rows"}
    assert record["a"]["model"] == "vgg16"
    assert record["totals"]["b"]["madds"] == table("googlenet").madds
