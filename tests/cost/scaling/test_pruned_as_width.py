"""Uniform pruning is a width multiplier where channel counts divide: where it is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from archcalc import ArchcalcError, build, check, count, load, zoo_names
from archcalc.cost.scaling.cuts import same_as_width
from archcalc.cost.scaling.pruned_as_width import NEVER_NARROWS, ROUNDED, as_width, usual_ratios
from tests.each import each

V1 = ["0.25", "0.5", "0.75"]


@each("ratio", V1)
@each("resolution", [224, 128])
def test_v1_pruned_uniformly_is_the_alpha_net(ratio: str, resolution: int) -> None:
    found = as_width(build("mobilenet_v1", resolution=resolution), ratio, "fvcore")
    assert found.same
    assert found.differing == []
    assert found.width == 1 - Fraction(ratio)
    pairs = zip(found.pruned.layers, found.narrow.layers, strict=True)
    assert all((a.madds, a.params, a.output) == (b.madds, b.params, b.output) for a, b in pairs)
    assert found.pruned.totals == found.narrow.totals


def test_and_so_has_the_costs_that_the_paper_prints_of_it() -> None:
    printed = {
        (one.width, one.quantity): one
        for one in check(load("mobilenet_v1"))
        if one.table == "V1 table 6" and one.quantity in ("madds", "params")
    }
    for ratio in V1:
        found = as_width(build("mobilenet_v1"), ratio)
        for quantity in ("madds", "params"):
            claim = printed[float(found.width), quantity]
            assert claim.verdict == "reproduced"
            assert claim.computed == getattr(found.pruned, quantity)


@each("name", ["mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small"])
def test_v2_and_v3_differ(name: str) -> None:
    for ratio in V1:
        found = as_width(build(name), ratio)
        assert not found.same
        assert found.pruned.madds < found.narrow.madds


def test_why_v4_differs_is_its_head_alone() -> None:
    for ratio in V1:
        found = as_width(build("mobilenet_v4_conv_small"), ratio)
        (head,) = found.differing
        assert (head["whole"], head["narrow"]) == (1280, 1280)
        assert head["pruned"] == 1280 * (1 - Fraction(ratio))
        assert head["why"] == NEVER_NARROWS


def test_a_count_that_does_not_divide_is_rounded_in_two_ways() -> None:
    found = as_width(build("mobilenet_v1"), "0.65")
    assert not found.same
    stem = found.records()[1]
    # 32 · 0.35 = 11.2: a multiple of 8 near it, and its whole part
    assert (stem["exact"], stem["pruned"], stem["narrow"], stem["why"]) == (11.2, 8, 11, ROUNDED)


@each("name", zoo_names())
def test_it_agrees_with_a_table_of_cuts(name: str) -> None:
    net = build(name)
    for ratio in usual_ratios(net):
        try:
            found = as_width(net, ratio)
        except ArchcalcError:
            assert same_as_width(net, ratio) is None
            continue
        assert found.same == (same_as_width(net, ratio) is not None)
        assert found.narrow.madds == count(build(name, width=f"{float(found.width):g}")).madds


def test_what_is_compared_is_the_net_as_if_unpruned() -> None:
    whole, pruned = (build("mobilenet_v1", width=0.5, prune=prune) for prune in (0, 0.3))
    assert usual_ratios(whole) == usual_ratios(pruned) == ["0.3", "0.5"]
    assert as_width(pruned, "0.5").records() == as_width(whole, "0.5").records()
    assert as_width(whole, "0.5").narrow.net.width == 0.25


@each("ratio", ["0", "1", "-0.5", "half"])
def test_what_is_no_ratio_is_refused(ratio: str) -> None:
    with pytest.raises(ArchcalcError, match="prune"):
        as_width(build("mobilenet_v1"), ratio)


def test_a_net_without_a_width_has_nothing_to_compare_with() -> None:
    assert usual_ratios(build("vgg16")) == []
    with pytest.raises(ArchcalcError, match="no width multiplier"):
        as_width(build("vgg16"), "0.5")
