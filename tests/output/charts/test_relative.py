"""What is left of costs, and times beside them: the numbers of counts and of what was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archcalc import ArchcalcError, build, count, sweep
from archcalc.models.latency.by_op import OpLatencyTable
from archcalc.output.charts import by_prune, by_resolution, profile, time_by_op
from archcalc.output.charts.picture import KINDS, LABELS
from archcalc.output.charts.relative import QUANTITIES
from tests.models.latency.made_up import made_up
from tests.output.charts.pictures import NO_MADDS


@pytest.mark.parametrize("name", ["mobilenet_v2", "googlenet", "ssdlite_mobilenet_v1"])
def test_costs_left_by_pruning_equal_counts(name: str) -> None:
    ratios = ["0.5", "0", "0.25"]
    picture = by_prune(sweep(name, prunes=ratios, batch=2, dtype="f16"))
    whole = count(build(name), batch=2, dtype="f16").totals
    for ratio in ratios:
        totals = count(build(name, prune=ratio), batch=2, dtype="f16").totals
        rows = picture.frame[picture.frame["x"] == float(ratio)].set_index("series")
        for quantity in QUANTITIES:
            row = rows.loc[LABELS[quantity]]
            assert row["exact"] == f"{totals[quantity]:,}"
            assert row["y"] == pytest.approx(100 * totals[quantity] / whole[quantity])
    assert picture.frame["x"].iloc[:3].to_list() == [0, 0.25, 0.5]


@pytest.mark.parametrize("name", ["resnet18", "yolov2"])
def test_costs_by_resolution_are_in_percent_of_the_papers(name: str) -> None:
    net = build(name)
    sides = [net.size[0] - 64, net.size[0], net.size[0] + 64]
    frame = by_resolution(sweep(name, resolutions=sides)).frame
    whole = count(net).totals
    for side in sides:
        totals = count(build(name, resolution=side)).totals
        rows = frame[frame["x"] == side].set_index("series")["y"]
        for quantity in QUANTITIES:
            expected = 100 * totals[quantity] / whole[quantity]
            assert rows[LABELS[quantity]] == pytest.approx(expected)


def test_without_the_papers_resolution_the_largest_is_the_base() -> None:
    picture = by_resolution(sweep("resnet18", resolutions="128,96"))
    assert picture.y == "of resolution 128 (%)"
    assert picture.frame[picture.frame["x"] == 128]["y"].to_list() == [100.0] * 4


def test_a_cost_of_which_there_is_nothing_is_left_out() -> None:
    picture = by_resolution(sweep(NO_MADDS, resolutions="16,32"))
    assert list(picture.order) == ["activations", "peak memory"]


def test_what_is_refused() -> None:
    with pytest.raises(ArchcalcError, match="uniform ratios"):
        by_prune(sweep("mobilenet_v1", prunes=[0, {"stage_2": 0.5}]))
    with pytest.raises(ArchcalcError, match="the unpruned net is not in the grid"):
        by_prune(sweep("mobilenet_v1", prunes="0.25,0.5"))
    cost = count(build("mobilenet_v1"))
    run = replace(made_up(cost.net).runs[0], layers=())
    with pytest.raises(ArchcalcError, match="no layer was timed"):
        profile(run, cost)
    with pytest.raises(ArchcalcError, match="no layer was timed"):
        time_by_op(OpLatencyTable(run, cost))


@pytest.mark.parametrize("name", ["mobilenet_v2", "googlenet"])
def test_a_profile_is_every_measured_layer_in_its_order(name: str) -> None:
    cost = count(build(name))
    (run,) = made_up(cost.net).runs
    picture = profile(run, cost)
    frame = picture.frame
    assert frame["name"].to_list() == [" + ".join(layer.ids) for layer in run.layers]
    assert frame["y"].to_list() == [layer.median_ms for layer in run.layers]
    assert frame["madds"].sum() == pytest.approx(cost.madds / 1e6)
    assert set(frame["series"]) == set(picture.order)
    assert len(picture.order) <= KINDS + 1


def test_bars_of_time_keep_every_share() -> None:
    cost = count(build("googlenet"))
    picture = time_by_op(OpLatencyTable(made_up(cost.net).runs[0], cost))
    sums = picture.frame.groupby("series")["y"].sum()
    assert sums["time"] == pytest.approx(100)
    assert sums["MAdds"] == pytest.approx(100)
    assert len(picture.frame) == 2 * (KINDS + 1)
