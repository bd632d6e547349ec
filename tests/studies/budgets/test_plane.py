"""The plane of width and resolution, its curves of equal cost, and accuracies along its axes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from archcalc import build, count
from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.number import SCALE
from archcalc.language.spec.spec import Spec
from archcalc.studies.budgets.accuracy import family
from archcalc.studies.budgets.accuracy_lines import accuracy_lines
from archcalc.studies.budgets.equal_cost import LEVELS, equal_cost
from archcalc.studies.budgets.plane import plane
from tests.each import each

GROUPED = """\
archcalc: 1
name: grouped
input: 48x32x3
rounding: {method: truncate, min: 2}
rows:
- {id: stem, op: conv2d 3x3, out: 8, s: 2}
- {op: conv2d 3x3, out: 8, groups: 4}
"""
"""Four groups cannot share the channels of most widths; and the input is no square."""


@each("prune", [None, 0.3, {"stage_2": 0.5}])
def test_a_plane_equals_count(prune: object) -> None:
    net = build("mobilenet_v3_small", width=0.6125, resolution=200, prune=prune)  # type: ignore[arg-type]
    grid = plane(net, widths=["1.2345"], sides=[(208, 160)], convention="fvcore", dtype="int8")
    (part,) = grid.parts
    assert {"0.6125", "1.2345", "1", "0.1", "2"} <= set(part.widths)
    assert {(200, 200), (208, 160), (96, 96), (320, 320)} <= set(part.resolutions)
    for width, side in [("0.6125", (200, 200)), ("1.2345", (208, 160)), ("0.1", (320, 320))]:
        at = part.widths.index(width), part.resolutions.index(side), 0
        own = build(net.spec, width=width, resolution=side, prune=net.prune or None)
        totals = count(own, "fvcore", dtype="int8").totals
        for name in ("madds", "params", "weight_bytes", "activation_bytes", "peak_memory_bytes"):
            assert getattr(part.totals, name)[at] == totals[name]


def test_a_plane_has_what_can_be_built_in_the_shape_of_the_input() -> None:
    net = build(Spec(GROUPED))
    (part,) = plane(net, side_step=8).parts
    assert (48, 32) in part.resolutions
    for height, width in part.resolutions:
        assert abs(height * 32 - width * 48) <= 24
    assert {"0.5", "1", "2"} <= set(part.widths)
    for width in part.widths:
        build(net.spec, width=width)
    (narrow,) = plane(build("googlenet")).parts
    assert narrow.widths == ("1",)


def test_a_plane_has_steps() -> None:
    with pytest.raises(ArchcalcError, match="steps above 0"):
        plane(build("mobilenet_v1"), width_step="0")
    with pytest.raises(ArchcalcError, match="steps above 0"):
        plane(build("mobilenet_v1"), side_step=0)


@pytest.mark.parametrize("by", ["madds", "params", "peak_memory_bytes"])
def test_a_curve_is_the_widest_net_that_costs_no_more(by: str) -> None:
    net = build("mobilenet_v2", width=0.75)
    table = equal_cost(net, by)
    own = count(net).totals[by]
    records = table.records()
    assert {record["level"] for record in records} <= {float(level) for level in LEVELS}
    for record in records[::5]:
        target = Fraction(record["level"]) * own
        fits = build(net.spec, width=record["width"], resolution=record["resolution"])
        wider = build(
            net.spec, width=f"{record['width'] + 0.01:.2f}", resolution=record["resolution"]
        )
        assert count(fits).totals[by] == record["cost"] <= target < count(wider).totals[by]
        percent = 100 * float((record["cost"] - target) / target)
        assert record["percent"] == pytest.approx(percent, abs=1e-4)
    # the net itself costs as much as itself
    (mine,) = (r for r in table.curve("1") if r["resolution"] == 224)
    assert mine["cost"] == own


def test_curves_of_what_has_none() -> None:
    with pytest.raises(ArchcalcError, match="no width multiplier"):
        equal_cost(build("vgg16"))
    with pytest.raises(UnknownName, match="top1"):
        equal_cost(build("mobilenet_v1"), "top1")


@pytest.mark.parametrize("along", ["width", "resolution"])
def test_lines_of_accuracy_keep_within_what_is_published(along: str) -> None:
    known = family(build("mobilenet_v2").spec)
    records = accuracy_lines(known, along)
    published = [one for one in records if one["basis"] == "published"]
    assert len(published) == len(known.points)
    other = "resolution" if along == "width" else "width"
    for one in (one for one in records if one["basis"] == "interpolated"):
        own = [p[along] for p in published if p[other] == one[other]]
        assert min(own) <= one[along] <= max(own)
        assert one["source"] is None
        # between them, the regression is what `look_up` says of any variant
        if one[along] not in own:
            side = np.asarray([one["resolution"]])
            width = np.asarray([round(one["width"] * SCALE)])
            top1, _ = known.look_up(width, side, side, np.asarray([False]))
            assert one["top1"] == pytest.approx(float(top1[0]), abs=0.005)


def test_a_single_figure_has_no_line() -> None:
    records = accuracy_lines(family(build("vgg16").spec))
    assert [one["basis"] for one in records] == ["published"]


@each("by", ["stage", "op", "row"])
def test_sums_of_a_grid_are_those_of_each_variant(by: str) -> None:
    net = build("mobilenet_v3_small")
    grid = plane(net, width_step="0.25", side_step=64)
    (part,) = grid.parts
    sums = grid.sums(by)
    for w, r in [(0, 0), (2, 1), (len(part.widths) - 1, len(part.resolutions) - 1)]:
        own = build(net.spec, width=part.widths[w], resolution=part.resolutions[r])
        groups = count(own).by(by)
        assert list(sums) == list(groups.groups)
        for key, (madds, params) in sums.items():
            assert madds[w, r, 0] == groups.madds(key)
            assert params[w, r, 0] == groups.params(key)
    with pytest.raises(UnknownName, match="colour"):
        grid.sums("colour")
