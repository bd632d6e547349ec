"""The data of charts equal the numbers of grids and tables."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc import ArchcalcError, UnknownName, build, count, sweep
from archcalc.base.units import unit_of
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.output.charts import (
    accuracy,
    against_closed_form,
    by_op,
    by_stage,
    cost_by_width,
    heat_map,
    share_by_op,
)
from archcalc.output.charts.content import PictureKind
from archcalc.output.charts.picture import KINDS, LABELS
from tests.output.charts.pictures import NAMES, NO_MADDS, ONE_OF_EACH_KIND, RECORDS, picture_of


def test_the_kinds() -> None:
    assert sorted(picture_of(name).kind for name in ONE_OF_EACH_KIND) == sorted(
        get_args(PictureKind)
    )


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_lines_are_the_grid(quantity: str) -> None:
    grid = sweep("mobilenet_v2", widths="0.5,1,1.4", resolutions="224,96")
    picture = cost_by_width(grid, quantity)
    exact = {(r["width"], str(r["resolution"])): r[quantity] for r in grid.records()}
    assert len(picture.frame) == len(exact)
    unit = unit_of(quantity, exact.values())
    for row in picture.frame.itertuples():
        assert row.y == pytest.approx(exact[row.x, row.series] / unit.size)
        assert row.exact == f"{exact[row.x, row.series]:,}"
    assert picture.y == unit.head(LABELS[quantity])
    # from the cheapest line to the dearest, whatever order they were asked for in
    assert sorted(picture.order, key=int) == ["96", "224"]
    if quantity not in ("params", "weight_bytes"):
        assert list(picture.order) == ["96", "224"]


def test_lines_of_several_nets_at_the_first_prune_ratio() -> None:
    grid = sweep(
        ["mobilenet_v1", "mobilenet_v2"], widths="0.5,1", prunes="0.2,0.5", sets=["", "act=relu"]
    )
    picture = cost_by_width(grid)
    assert set(picture.frame["series"]) == {
        "mobilenet_v1 (pruned by 0.2) 224", "mobilenet_v1 (act=relu, pruned by 0.2) 224",
        "mobilenet_v2 (pruned by 0.2) 224", "mobilenet_v2 (act=relu, pruned by 0.2) 224",
    }  # fmt: skip
    assert len(picture.frame) == 8


def test_a_picture_names_the_pruning_of_its_net() -> None:
    for prunes, said in (
        ([0.5], "mobilenet_v2 (pruned by 0.5)"),
        ([{"stage_2": 0.5}], "mobilenet_v2 (pruned by stage_2=0.5)"),
        ([0.5, 0.0], "mobilenet_v2 (unpruned)"),
        ([{"stage_2": 0.5}, {"stage_2": 0}], "mobilenet_v2 (unpruned)"),
        ([0.5, 0.25], "mobilenet_v2 (pruned by 0.5)"),
        ([0], "mobilenet_v2"),
    ):
        grid = sweep("mobilenet_v2", widths="0.5,1", prunes=prunes)
        for draw in (cost_by_width, heat_map, share_by_op):
            picture = draw(grid)
            assert picture.title.startswith(f"{said}: ")
            assert f" of {said}" in picture.alt


@pytest.mark.parametrize("prune", [0, 0.25, {"stage_3": 0.5}, None])
def test_any_prune_ratio_of_a_grid_can_be_shown(prune: Any) -> None:
    choices = {"widths": "1,0.5", "resolutions": "224,96"}
    grid = sweep("mobilenet_v2", prunes=[0.25, {"stage_3": 0.5}, 0], **choices)
    alone = sweep("mobilenet_v2", prunes=[prune or 0], **choices)
    for draw in (cost_by_width, heat_map, share_by_op):
        shown = draw(grid, prune=prune).frame
        assert shown["exact"].to_list() == draw(alone).frame["exact"].to_list()
        with pytest.raises(ArchcalcError, match=r"0\.25, stage_3=0\.5, 0\.0\), not 0\.75"):
            draw(grid, prune=0.75)


def test_no_point_is_dropped() -> None:
    points = [("0.5", 96, 0), (1, 224, 0.5), (1, 224, {"stage_2": 0.5})]
    grid = sweep("mobilenet_v2", points=points)
    picture = cost_by_width(grid)
    assert len(picture.order) == 3
    exact = {f"{record['madds']:,}" for record in grid.records()}
    assert set(picture.frame["exact"]) == exact
    assert cost_by_width(grid, prune=0.5).frame["x"].to_list() == [1]
    for prune in (0, 0.5):
        assert len(cost_by_width(grid, prune=prune).frame) == 1


def test_a_picture_names_the_transforms_of_its_net() -> None:
    grid = sweep("mobilenet_v2", widths="0.5,1", sets=["", "act=relu"])
    for draw in (heat_map, share_by_op, against_closed_form):
        for part, name in enumerate(("mobilenet_v2", "mobilenet_v2 (act=relu)")):
            picture = draw(grid, part=part)
            assert picture.title.startswith(f"{name}: ")
            assert f" of {name} at" in picture.alt or f" of {name}: " in picture.alt


def test_widths_and_resolutions_stand_in_order_and_once() -> None:
    sorted_ = sweep("mobilenet_v2", widths="0.5,0.75,1", resolutions=["96", "160x224", "224x160"])
    mixed = sweep("mobilenet_v2", widths="1,0.5,1,0.75", resolutions=["224x160", "96", "160x224"])
    for quantity in QUANTITIES:
        assert heat_map(mixed, quantity).frame.equals(heat_map(sorted_, quantity).frame)
    assert heat_map(mixed).alt == heat_map(sorted_).alt
    frame = share_by_op(mixed, resolution=1).frame
    assert frame.equals(share_by_op(sorted_, resolution=0).frame)


def test_alt_of_shares_follows_the_picture() -> None:
    told = [share_by_op(sweep("mobilenet_v2", widths=w)).alt for w in ("0.5,1", "1,0.5")]
    assert told[0] == told[1]
    assert told[0].index("at width 0.5") < told[0].index("at width 1.")


def test_a_net_without_madds() -> None:
    grid = sweep(NO_MADDS, resolutions="16,32")
    with pytest.raises(ArchcalcError, match="only_relu: no MAdds, and so no shares"):
        share_by_op(grid)
    with pytest.raises(ArchcalcError, match="only_relu: no parameters, and so no shares"):
        share_by_op(grid, "params")
    assert heat_map(grid).frame["value"].to_list() == [0, 0]


def test_words_for_one() -> None:
    one = sweep("mobilenet_v2")
    assert "at width multiplier 1 and resolution 224: 301M." in cost_by_width(one).alt
    assert "over 1 width and 1 resolution." in heat_map(one).alt
    many = cost_by_width(sweep("mobilenet_v2", widths="0.5,1", resolutions="32:256:4"))
    assert "each of 57 resolutions from 32 to 256" in many.alt


def test_heat_is_the_grid() -> None:
    grid = sweep("mobilenet_v1", widths="0.25,1", resolutions=["128", "224x160"])
    frame = heat_map(grid).frame
    assert list(zip(frame["width"], frame["resolution"], frame["value"], strict=True)) == [
        (f"{r['width']:g}", str(r["resolution"]), r["madds"]) for r in grid.records()
    ]


@pytest.mark.parametrize("quantity", ["madds", "params"])
@pytest.mark.parametrize("name", ["mobilenet_v3_large", "googlenet"])
def test_shares_are_those_of_a_table_by_op(name: str, quantity: str) -> None:
    picture = share_by_op(sweep(name), quantity)
    table = count(build(name)).by("op")
    shares = {r["key"]: r[f"{quantity}_share"] for r in table.records() if r[quantity]}
    frame = picture.frame.set_index("series")["y"]
    assert frame.sum() == pytest.approx(100)
    for kind, share in frame.items():
        if kind != "other":
            assert share == pytest.approx(shares[kind], abs=1e-6)
    named = [kind for kind in picture.order if kind != "other"]
    assert all(frame[a] >= frame[b] for a, b in pairwise(named))
    assert ("other" in picture.order) == (len(shares) > len(named))


def test_shares_sum_to_100_at_every_width_and_resolution() -> None:
    grid = sweep("mobilenet_v2", widths="0.25:1.4:0.05", resolutions="96,224")
    for resolution in (0, 1, None):
        sums = share_by_op(grid, resolution=resolution).frame.groupby("x")["y"].sum()
        assert sums.to_list() == pytest.approx([100] * 24)


def test_stages_are_those_of_the_table() -> None:
    table = count(build("mobilenet_v2", width=0.5))
    frame = by_stage(table).frame
    for quantity, label in (("madds", "MAdds"), ("params", "parameters")):
        rows = frame[frame["series"] == label]
        assert rows["y"].sum() == pytest.approx(100)
        assert [int(text.replace(",", "")) for text in rows["exact"]] == [
            record[quantity] for record in table.by("stage").records()
        ]
    assert frame["stage"].iloc[0] == "1: 112x112"


@pytest.mark.parametrize("name", ["mobilenet_v3_large", "nasnet_a_mobile"])
def test_layer_types_are_those_of_the_table(name: str) -> None:
    table = count(build(name, width=1))
    picture = by_op(table)
    records = {one["key"]: one for one in table.by("op").records()}
    for quantity, label in (("madds", "MAdds"), ("params", "parameters")):
        rows = picture.frame[picture.frame["series"] == label]
        exact = {r.kind: int(r.exact.replace(",", "")) for r in rows.itertuples()}
        other = exact.pop("other", 0)
        assert exact == {kind: records[kind][quantity] for kind in exact}
        left = [one for kind, one in records.items() if kind not in exact]
        assert other == sum(one[quantity] for one in left)
        assert rows["y"].sum() == pytest.approx(100)
    kinds = list(dict.fromkeys(picture.frame["kind"]))
    assert ("other" in kinds) == (len(kinds) == KINDS + 1)
    assert not {"add", "concat", "relu"} & set(kinds)


def test_a_net_without_anything_to_count_has_no_shares_by_type() -> None:
    with pytest.raises(ArchcalcError, match="only_relu: no MAdds and no parameters"):
        by_op(count(build(NO_MADDS)))


def test_closed_form_by_width_and_by_resolution() -> None:
    by_width = against_closed_form(sweep("mobilenet_v1", widths="0.5,1", resolutions="160,224"))
    assert by_width.frame["x"].to_list() == [0.5, 1]
    assert by_width.frame["difference"].iloc[-1] == 0
    by_side = against_closed_form(sweep("mobilenet_v1", resolutions="192,128"))
    assert by_side.frame["x"].to_list() == [128, 192]
    assert by_side.x == "resolution (px)"
    assert "width 1" in by_side.title
    assert "width 1" in by_side.alt


def test_closed_form_of_resolutions_that_are_not_square() -> None:
    sides = ["224x160", "160x224", "224x96"]
    picture = against_closed_form(sweep("mobilenet_v2", resolutions=sides))
    assert picture.frame["x"].to_list() == ["224x96", "160x224", "224x160"]
    exact = {f"{count(build('mobilenet_v2', resolution=side)).madds:,}" for side in sides}
    assert set(picture.frame["digits"]) == exact


def test_closed_form_of_a_grid_with_prune_ratios_is_of_the_unpruned_net() -> None:
    whole = against_closed_form(sweep("mobilenet_v1", widths="0.5,1"))
    assert against_closed_form(sweep("mobilenet_v1", widths="0.5,1", prunes="0.5,0")).frame.equals(
        whole.frame
    )
    with pytest.raises(ArchcalcError, match="does not cover pruning"):
        against_closed_form(sweep("mobilenet_v1", widths="0.5,1", prunes="0.5"))


point = st.tuples(st.integers(1, 50), st.integers(1, 50))


@given(st.lists(point, min_size=1, max_size=30))
def test_the_front_is_what_no_other_point_beats(points: list[tuple[int, int]]) -> None:
    records = [
        {"model": "a", "width": 1.0, "resolution": i, "madds": cost, "top1": float(gain)}
        for i, (cost, gain) in enumerate(points)
    ]
    frame = accuracy(records).frame
    on_front = {(row.x, row.y) for row in frame.itertuples() if row.front}
    best = {
        (float(cost), float(gain))
        for cost, gain in points
        if not any((c <= cost and g >= gain) and (c, g) != (cost, gain) for c, g in points)
    }
    assert on_front == best
    # twins are on the front once
    assert frame["front"].sum() == len(best)


def test_accuracy_has_the_basis_of_a_figure() -> None:
    picture = accuracy([*RECORDS, {**RECORDS[0], "top1": None}])
    assert len(picture.frame) == len(RECORDS)
    assert set(picture.frame["basis"]) == {"published", "interpolated"}
    with pytest.raises(ArchcalcError, match="no record has a top-1"):
        accuracy([{**RECORDS[0], "top1": None}])


@pytest.mark.parametrize(
    ("quantity", "largest", "label", "size"),
    [
        ("madds", 999, "MAdds", 1),
        ("madds", 582_195_824, "MAdds (M)", 10**6),
        ("madds", 15_470_264_320, "MAdds (B)", 10**9),
        ("params", 4_231_976, "parameters (M)", 10**6),
        ("weight_bytes", 1000, "weights (B)", 1),
        ("peak_memory_bytes", 5 * 2**20, "peak memory (MiB)", 2**20),
        ("activation_bytes", 3 * 2**30, "activations (GiB)", 2**30),
    ],
)
def test_units(quantity: str, largest: int, label: str, size: int) -> None:
    unit = unit_of(quantity, [1, largest])
    assert (unit.head(LABELS[quantity]), unit.size) == (label, size)


@pytest.mark.parametrize("name", NAMES)
def test_alt_is_one_sentence(name: str) -> None:
    picture = picture_of(name)
    assert picture.alt.endswith(".")
    assert "\n" not in picture.alt
    assert ". " not in picture.alt
    assert 60 < len(picture.alt) < 330
    assert picture.title
    assert picture.x
    assert picture.y


def test_alt_names_the_extremes() -> None:
    grid = sweep("mobilenet_v1", widths="0.25,1", resolutions="128,224")
    for picture in (cost_by_width(grid), heat_map(grid)):
        assert "13.6M" in picture.alt
        assert "569M" in picture.alt


def test_what_is_refused() -> None:
    grid = sweep("mobilenet_v1", widths="0.5,1")
    for draw in (cost_by_width, heat_map, share_by_op):
        with pytest.raises(UnknownName, match="unknown quantity 'speed'"):
            draw(grid, "speed")
    with pytest.raises(UnknownName, match="unknown quantity 'weight_bytes'"):
        share_by_op(grid, "weight_bytes")
    listed = sweep("mobilenet_v1", points=[(0.5, 224, 0), (1, 160, 0)])
    assert len(cost_by_width(listed).frame) == 2
    for draw in (heat_map, share_by_op, against_closed_form):
        with pytest.raises(ArchcalcError, match="a product of widths and resolutions"):
            draw(listed)


def test_what_is_not_there_is_refused() -> None:
    grid = sweep("mobilenet_v1", widths="0.5,1")
    for draw in (heat_map, share_by_op, against_closed_form):
        for part in (3, -2, "0", None):
            with pytest.raises(ArchcalcError, match="part: an index from 0 to 0, not "):
                draw(grid, part=part)
    with pytest.raises(ArchcalcError, match="resolution: an index from 0 to 0, not 9"):
        share_by_op(grid, resolution=9)
    with pytest.raises(UnknownName, match="unknown quantity 'foo'"):
        accuracy(RECORDS, "foo")
    for column in ("model", "width", "resolution", "madds"):
        record = {name: value for name, value in RECORDS[0].items() if name != column}
        with pytest.raises(ArchcalcError, match=f"accuracy: a record has no '{column}'"):
            accuracy([record])
    with pytest.raises(ArchcalcError, match="MAdds of 0 have no place on a log axis"):
        accuracy([{**RECORDS[0], "madds": 0}])


def test_every_quantity_has_a_label() -> None:
    assert list(LABELS) == list(QUANTITIES)


def test_importing_charts_imports_nothing_heavy() -> None:
    probe = "import sys, archcalc.output.charts; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    heavy = {"matplotlib", "altair", "pandas", "torch", "pyarrow", "streamlit"}
    assert not set(done.stdout.split()) & heavy
