"""Frames hold the numbers of grids and tables, whatever draws them."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc import ArchcalcError, UnknownName, build, count, sweep
from archcalc.charts import (
    accuracy,
    against_closed_form,
    by_stage,
    cost_by_width,
    heat_map,
    share_by_op,
)
from archcalc.charts.palette import CATEGORIES, categories, ordered
from archcalc.charts.picture import LABELS, unit_of
from archcalc.scaling.grid import QUANTITIES
from tests.charts.pictures import NAMES, RECORDS, pictures


def test_the_kinds() -> None:
    assert list(pictures()) == NAMES
    assert {picture.kind for picture in pictures().values()} == {
        "lines", "heat", "front", "shares", "bars", "closed_form",
    }  # fmt: skip


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
    assert picture.y == unit.label(quantity)
    # from the cheapest line to the dearest, whatever order they were asked for in
    assert sorted(picture.order, key=int) == ["96", "224"]
    if quantity not in ("params", "weight_bytes"):
        assert list(picture.order) == ["96", "224"]


def test_lines_of_several_nets_and_of_the_first_prune_ratio() -> None:
    grid = sweep(
        ["mobilenet_v1", "mobilenet_v2"], widths="0.5,1", prunes="0.2,0.5", sets=["", "act=relu"]
    )
    picture = cost_by_width(grid)
    assert set(picture.frame["series"]) == {
        "mobilenet_v1 224", "mobilenet_v1 (act=relu) 224",
        "mobilenet_v2 224", "mobilenet_v2 (act=relu) 224",
    }  # fmt: skip
    assert len(picture.frame) == 8


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


def test_closed_form_by_width_and_by_resolution() -> None:
    by_width = against_closed_form(sweep("mobilenet_v1", widths="0.5,1", resolutions="160,224"))
    assert by_width.frame["x"].to_list() == [0.5, 1]
    assert by_width.frame["difference"].iloc[-1] == 0
    by_side = against_closed_form(sweep("mobilenet_v1", resolutions="192,128"))
    assert by_side.frame["x"].to_list() == [128, 192]
    assert by_side.x == "resolution (px)"


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


def test_accuracy_says_what_a_figure_is() -> None:
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
    assert (unit.label(quantity), unit.size) == (label, size)


@pytest.mark.parametrize("name", NAMES)
def test_alt_is_one_sentence(name: str) -> None:
    picture = pictures()[name]
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


def test_every_quantity_has_a_label() -> None:
    assert list(LABELS) == list(QUANTITIES)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("count", range(1, 9))
def test_ordered_colours_grow_lighter(count: int) -> None:
    colours = list(ordered([str(i) for i in range(count)]).values())
    assert all(luminance(a) < luminance(b) for a, b in pairwise(colours))
    # the lightest is still seen on white
    assert 1.05 / (luminance(colours[-1]) + 0.05) > 1.5


def test_categories_are_all_different_and_other_is_grey() -> None:
    found = categories([*"abcdefg", "other"])
    assert len(set(found.values())) == 8
    assert found["other"] == CATEGORIES[-1]


def test_importing_charts_imports_nothing_heavy() -> None:
    probe = "import sys, archcalc.charts; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    heavy = {"matplotlib", "altair", "pandas", "torch", "pyarrow", "streamlit"}
    assert not set(done.stdout.split()) & heavy
