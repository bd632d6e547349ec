"""The charts of pages are valid Vega-Lite, and hold every record."""

from __future__ import annotations

import json

import pytest

from archcalc import Budget, build, count
from archcalc.base.messages import messages
from archcalc.cost.counting.shrink import QUANTITIES, shrink
from archcalc.cost.scaling.cuts import uniform_cuts
from archcalc.output.charts import Picture
from archcalc.output.charts.picture import frame_of
from dashboard.app_pages.budget.chart_front import front_chart
from dashboard.app_pages.budget.data_fitting import fitting
from dashboard.app_pages.compare.chart_scatter import scatter_chart
from dashboard.app_pages.compare.data_compare import points as compared_points
from dashboard.app_pages.latency.chart_layers import layer_bars_chart
from dashboard.app_pages.lessons.chart_channels import channels_chart
from dashboard.app_pages.lessons.chart_spiral import spiral_chart
from dashboard.app_pages.lessons.data_activations import picture as activation_picture
from dashboard.app_pages.lessons.data_activations import table_of as activation_table
from dashboard.app_pages.lessons.data_relu_manifold import draws, panels
from dashboard.app_pages.lessons.data_separable import ratio_picture
from dashboard.app_pages.multipliers.chart_accuracy import accuracy_chart
from dashboard.app_pages.multipliers.chart_contributions import contributions_chart
from dashboard.app_pages.multipliers.chart_equal_cost import equal_cost_chart
from dashboard.app_pages.multipliers.chart_heat import heat_chart
from dashboard.app_pages.multipliers.chart_live import Knobs, live_chart
from dashboard.app_pages.multipliers.data_accuracy import lines, points, variants_of
from dashboard.app_pages.multipliers.data_contributions import contributions
from dashboard.app_pages.multipliers.data_equal_cost import curves, equal_of
from dashboard.app_pages.multipliers.data_heat import cells
from dashboard.app_pages.multipliers.data_live import live
from dashboard.app_pages.multipliers.data_multipliers import fine_grid_of, grid_of, usual_of
from dashboard.app_pages.pruning.chart_cuts import curves_chart, histogram_chart, rows_chart
from dashboard.app_pages.pruning.data_shrunk import bars
from dashboard.kit.chart_pictures import functions_chart, side_bars_chart
from dashboard.kit.clicks import PICK
from dashboard.shell.choice import Choice
from dashboard.shell.nets import built, zoo_spec
from tests.output.charts.schema import valid

CASES = [
    (Choice("mobilenet_v2", 0.75, 160), "stage"),
    (Choice("mobilenet_v3_small", prune=0.3), "op"),
    (Choice("googlenet"), "stage"),
]


class Words(dict[str, str]):
    """Every word is its own name."""

    def __missing__(self, name: str) -> str:
        return name


@pytest.mark.parametrize(("choice", "by"), CASES)
def test_charts_of_any_net_are_vega_lite(choice: Choice, by: str) -> None:
    spec = zoo_spec(choice.model)
    net, words = built(spec, choice), Words()
    grid, (widths, sides) = grid_of(net, choice), usual_of(net, choice)
    rows = live(grid, "peak_memory_bytes", by)
    for along, lines_of in (("width", [side for side, _ in sides]), ("side", widths)):
        knobs = Knobs(along, net.width, net.size[0])
        valid(live_chart(rows, knobs, words=words, lines=lines_of, by=by))
    valid(heat_chart(cells(grid, net, "madds", widths, sides), words=words))
    for at, place in ((net.size, net.width), (net.width, net.size[0])):
        for quantity in ("madds", "params"):
            own = [r for r in contributions(grid, by, at) if r["quantity"] == quantity]
            valid(contributions_chart(own, by=by, at=place, words=words))
    known, _ = points(messages(), variants_of(spec, choice), "madds")
    if spec.rounding is not None:
        table = equal_of(net, choice, "madds", fine_grid_of(net, choice))
        ring = {"width": net.width, "side": net.size[0]}
        valid(equal_cost_chart(curves(table), known, ring, words=words))
    if known:
        for along in ("width", "resolution", "x"):
            other = "resolution" if along == "width" else "width"
            between = lines(spec, along) if along != "x" else []
            chart = accuracy_chart(known, between, along=along, colour=other, at=1.0, words=words)
            valid(chart)


def test_knobs_begin_at_the_choice_and_reach_every_variant() -> None:
    choice = Choice("mobilenet_v1", 0.55, 176)
    net = built(zoo_spec("mobilenet_v1"), choice)
    rows = live(grid_of(net, choice), "madds", "stage")
    spec = live_chart(rows, Knobs("width", 0.55, 176), words=Words(), lines=[224], by="stage")
    alpha, rho = spec["params"]
    assert (alpha["value"], rho["value"]) == (0.55, 176)
    for knob, values in ((alpha, rows.widths), (rho, rows.sides)):
        bind = knob["bind"]
        steps = round((bind["max"] - bind["min"]) / bind["step"])
        stops = [bind["min"] + bind["step"] * step for step in range(steps + 1)]
        assert stops == pytest.approx(sorted(values))


def test_charts_of_pruning_are_vega_lite() -> None:
    before, after = (count(build("mobilenet_v2", prune=p)) for p in (None, {"stage_3": 0.5}))
    for cost in QUANTITIES:
        found, _ = bars(shrink(before, after), cost)
        valid(rows_chart(found, words=Words()))
    cuts = [{**one, "ratio": one["prune"]} for one in uniform_cuts(before.net).records()]
    for at in (None, 0.5):
        chart = curves_chart(cuts, {"madds_percent": "MAdds"}, x="ratio", y="left", at=at)
        assert len(valid(chart)["datasets"]["lines"]) == len(cuts)
    bins = [{"low": -1.0, "high": 0.0, "kept": 2, "cut": 3}]
    drawn = valid(histogram_chart(bins, 0.2, words=Words()))["datasets"]
    # what is cut lies at the bottom, what is kept upon it
    assert [(one["from"], one["to"]) for one in drawn["bins"]] == [(3, 5), (0, 3)]
    assert [one["low"] for one in drawn["thresholds"]] == [-0.2, 0.2]


def test_charts_of_lessons_are_vega_lite() -> None:
    for channels in (8, 96):
        bars = [{"channel": one, "value": one / channels} for one in range(channels)]
        for unit in (True, False):
            valid(channels_chart(bars, x="x", y="y", colour="#0072b2", unit=unit))
    for panel in panels(draws(1, 2, "relu"), "pinv"):
        spec = valid(spiral_chart(panel["points"], reach=1.05))
        assert spec["datasets"]["points"] == panel["points"]
    curves = activation_picture(activation_table(("relu", "hard_swish"), 1.0), "derivative")
    for picture in (curves, ratio_picture(3)):
        spec = valid(functions_chart(picture, legend="l", x="x", y="y"))
        assert len(spec["datasets"]["rows"]) == len(picture.frame)


def test_charts_of_times_are_vega_lite() -> None:
    records = [
        {
            "place": place, "id": f"layer_{place}", "op": f"op {place % 9}", "ms": place / 7,
            "time_share": 1.0, "madds": place, "count": f"{place}",
        }
        for place in range(1, 30)
    ]  # fmt: skip
    words = Words()
    for quantity in ("ms", "madds"):
        spec = valid(layer_bars_chart(records, quantity, title="t", words=words, height=140))
        drawn = spec["datasets"]["layers"]
        assert [one["id"] for one in drawn] == [one["id"] for one in records]
        colour = spec["layer"][0]["encoding"]["color"]
        assert {one["kind"] for one in drawn} == set(colour["scale"]["domain"])
    untimed = [{k: v for k, v in one.items() if "time" not in k and k != "ms"} for one in records]
    alone = layer_bars_chart(untimed, "madds", title="t", words=words, height=9, by="madds")
    assert "datum.ms" not in json.dumps(valid(alone))
    rows = [
        {"kind": f"op {place}", "series": series, "y": 1.0, "exact": "1", "text": "1%"}
        for place in range(3)
        for series in ("time", "MAdds")
    ]
    picture = Picture("side_bars", frame_of(rows), "", "x", "y", "", "", ["time", "MAdds"])
    spec = valid(side_bars_chart(picture, exact="exact", series="series"))
    assert spec["datasets"]["rows"] == rows


@pytest.mark.parametrize("limit", [None, 150_000_000])
def test_the_front_of_budget_is_vega_lite(limit: int | None) -> None:
    found = fitting({}, Budget(madds=limit), convention="paper", dtype="f32")
    points = found.points()
    spec = valid(front_chart(points, found.nets, words=Words(), limit=limit))
    drawn = spec["datasets"]["points"]
    assert [one["key"] for one in drawn] == [one["key"] for one in points]
    dots = spec["layer"][-1]
    series = dots["encoding"]["color"]["scale"]["domain"]
    assert {one["series"] for one in drawn} == set(series)
    assert dots["params"][0]["name"] == PICK
    assert set(dots["params"][0]["select"]["fields"]) <= set(drawn[0])
    assert ("limit" in spec["datasets"]) == (limit is not None)


def test_the_scatter_of_compare_is_vega_lite() -> None:
    tables = {letter: count(build(name)) for letter, name in (("a", "vgg16"), ("b", "resnet50"))}
    found = compared_points(tables, "madds", {"a": "vgg16", "b": "resnet50"})
    spec = valid(scatter_chart(found.records, letters=list(tables), words=Words()))
    assert spec["datasets"]["points"] == found.records
    layers = spec["layer"][0]["layer"]
    (selection,) = (param for layer in layers for param in layer.get("params", ()))
    assert selection["name"] == PICK
    assert set(selection["select"]["fields"]) <= set(found.records[0])
