"""Sweeps: pieces, columns and errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import archcalc
from archcalc.base.errors import ArchcalcError, ShapeError, UnknownName
from archcalc.cost.counting.table import count
from archcalc.cost.scaling.alpha_rho import AgainstClosedForm
from archcalc.cost.scaling.sweeping import chunks, sweep
from archcalc.language.graph.build import build
from archcalc.language.spec.spec import Spec
from tests.each import each

CHOICES: dict[str, Any] = {
    "widths": "0.5:1:0.25",
    "resolutions": [128, "160x96", (224, 224), "192"],
    "prunes": [0, "0.25", {"stage_2": "0.5"}],
}

MEETING = """\
archcalc: 1
name: meeting
input: 8x8x3
columns: [operator, c, s]
rows:
- [conv2d 3x3, 8, 2, {id: a, from: input}]
- [conv2d 4x4, 8, 2, {id: b, from: input, pad: 1}]
- {id: sum, op: add, from: [a, b]}
"""
"""Two branches whose maps have one size at even resolutions alone."""

GROUPED = """\
archcalc: 1
name: grouped
input: 8x8x3
rounding: {method: truncate, min: 1}
columns: [operator, c, s]
rows:
- [conv2d 3x3, 8, 1]
- [conv2d 3x3, 8, 1, {groups: 4}]
"""


@settings(max_examples=20)
@given(size=st.integers(1, 50))
def test_pieces_are_the_sweep(size: int) -> None:
    whole = sweep("mobilenet_v1", **CHOICES)
    count, pieces = chunks("mobilenet_v1", **CHOICES, size=size)
    grids = list(pieces)
    assert count == len(whole) == 36
    assert max(map(len, grids)) <= size
    assert sorted(map(str, whole.records())) == sorted(
        str(record) for grid in grids for record in grid.records()
    )


def test_pieces_of_a_list() -> None:
    points = [(f"{k / 100:.2f}", 32 + k, f"{k / 200}") for k in range(10, 110)]
    whole = sweep("mobilenet_v2", points=points)
    _, pieces = chunks("mobilenet_v2", points=points, size=7)
    assert [record for grid in pieces for record in grid.records()] == whole.records()


def test_all_pieces_have_the_columns_of_the_whole() -> None:
    specs = ["mobilenet_v1", "mobilenet_v2"]
    choices: dict[str, Any] = {"resolutions": ["224", "224x160"], "sets": ["", "act=relu"]}
    whole = sweep(specs, **choices)
    _, pieces = chunks(specs, **choices, size=1)
    for grid in pieces:
        assert grid.columns == whole.columns
        assert list(grid.records()[0]) == list(whole.columns)
    assert whole.columns["resolution"] is str
    assert whole.columns["prune"] is float
    assert sweep("mobilenet_v1", prunes=[{"stage_1": 0.5}]).columns["prune"] is str


@each("prunes", [[0, 0], ["0", {}, 0.0], [{"stage_2": 0}, 0]])
def test_prunes_that_cut_nothing_are_variants_all_the_same(prunes: list[Any]) -> None:
    grid = sweep("mobilenet_v1", widths=(0.5, 1), prunes=prunes)
    assert len(grid.records()) == len(grid) == 2 * len(prunes)
    assert len({record["madds"] for record in grid.records()}) == 2


def test_one_transform_given_as_a_text_or_a_mapping() -> None:
    for sets in ("act=relu", {"act": "relu"}, ["act=relu"], [{"act": "relu"}]):
        (part,) = sweep("mobilenet_v2", sets=sets).parts
        assert part.sets == "act=relu"


def test_frames_hold_the_records() -> None:
    plain = sweep("mobilenet_v1", widths="0.5,1", resolutions="128,224")
    mixed = sweep(["mobilenet_v1", "mobilenet_v2"], **CHOICES, sets=["", "act=relu"])
    _, pieces = chunks("mobilenet_v1", **CHOICES, size=1)  # text by their columns, numbers alone
    tables = [plain, plain.by_layer(), AgainstClosedForm(plain), mixed, mixed.by_layer(), *pieces]
    for table in tables:
        assert_frame_equal(table.to_frame(), pd.DataFrame.from_records(table.records()))


def test_layers_of_a_grid() -> None:
    grid = sweep("mobilenet_v2", widths="0.5,1", resolutions="128,224", sets=["", "se=on"])
    table = grid.by_layer()
    records = table.records()
    assert list(records[0]) == [
        "model", "width", "resolution", "prune", "set", "layer", "op", "madds", "params",
    ]  # fmt: skip
    sums: dict[Any, list[int]] = {}
    for record in records:
        key = tuple(record[name] for name in ("width", "resolution", "set"))
        total = sums.setdefault(key, [0, 0])
        total[0] += record["madds"]
        total[1] += record["params"]
    for record in grid.records():
        key = tuple(record[name] for name in ("width", "resolution", "set"))
        assert sums[key] == [record["madds"], record["params"]]
    layers = archcalc.count(archcalc.build("mobilenet_v2", width=0.5, resolution=128)).layers
    assert [(r["layer"], r["op"], r["madds"]) for r in records[: len(layers)]] == [
        (layer.node.id, layer.node.op.label, layer.madds) for layer in layers
    ]


@each(
    ("choices", "error", "message"),
    [
        ({"widths": ()}, ArchcalcError, "nothing to sweep over"),
        ({"widths": [0]}, ArchcalcError, "a multiplier above 0"),
        ({"widths": ["x"]}, ArchcalcError, "width must be a number"),
        ({"resolutions": [0]}, ArchcalcError, "a side from 1"),
        ({"resolutions": ["224x"]}, ArchcalcError, "a side from 1"),
        ({"prunes": [1]}, ArchcalcError, "at least 0 and below 1"),
        ({"prunes": [{"stage_99": 0.5}]}, ArchcalcError, "no channel group, row or stage"),
        ({"sets": ["fast=yes"]}, UnknownName, "unknown transform 'fast'"),
        ({"dtype": "f64"}, UnknownName, "unknown dtype 'f64'"),
        ({"convention": "mine"}, UnknownName, "unknown convention 'mine'"),
        ({"batch": 0}, ArchcalcError, "batch: an integer of at least 1"),
        ({"multiple": 0}, ArchcalcError, "multiple: an integer from 1"),
        (
            {"points": [(1, 224, 0)], "widths": [0.5]},
            ArchcalcError,
            "widths cannot be given beside them",
        ),
    ],
)
def test_what_is_refused(choices: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        sweep("mobilenet_v1", **choices)
    with pytest.raises(error, match=message):
        chunks("mobilenet_v1", **choices)


def test_a_width_of_a_net_without_rounding() -> None:
    with pytest.raises(ArchcalcError, match="vgg16 has no width multiplier"):
        sweep("vgg16", widths=[1, 0.5])


def test_a_resolution_at_which_a_map_vanishes(tmp_path: Path) -> None:
    path = tmp_path / "narrow.yaml"
    path.write_text(
        "archcalc: 1\nname: narrow\ninput: 32x32x3\nrows:\n"
        "- {op: conv2d, kernel: 5, out: 8, pad: valid}\n"
        "- {op: conv2d, kernel: 5, out: 8, pad: valid}\n"
    )
    assert len(sweep(path, resolutions=[9, 64])) == 2
    for side in (8, "64x8", "8x64"):
        with pytest.raises(ShapeError, match="is too small"):
            sweep(path, resolutions=[64, side])


def test_a_resolution_at_which_branches_differ(tmp_path: Path) -> None:
    path = tmp_path / "meeting.yaml"
    path.write_text(MEETING)
    assert len(sweep(path, resolutions=[8, 10, "8x12"])) == 3
    for side in (9, "9x8", "8x9"):
        with pytest.raises(ShapeError, match="differ in size"):
            archcalc.build(path, resolution=side)
        with pytest.raises(ShapeError, match="differ in size"):
            sweep(path, resolutions=[8, side])


def test_a_resolution_whose_map_cannot_be_cut_into_blocks(tmp_path: Path) -> None:
    path = tmp_path / "blocks.yaml"
    path.write_text(
        "archcalc: 1\nname: blocks\ninput: 32x32x3\nrows:\n"
        "- {op: conv2d 3x3, out: 8, s: 2}\n- {op: reorg}\n"
    )
    assert len(sweep(path, resolutions=[32, "36x40"])) == 2
    for side in (34, "34x32", "32x34"):
        with pytest.raises(ShapeError, match="cannot be cut into blocks"):
            sweep(path, resolutions=[32, side])


def test_a_width_that_a_grouped_layer_cannot_split(tmp_path: Path) -> None:
    path = tmp_path / "grouped.yaml"
    path.write_text(GROUPED)
    assert len(sweep(path, widths=[0.5, 1])) == 2
    with pytest.raises(ShapeError, match="cannot be split into 4 groups"):
        sweep(path, widths=[0.5, 0.75])


def test_costs_beyond_64_bits_are_an_error() -> None:
    at_the_edge = sweep("vgg16", resolutions=[65_536], batch=1000).records()[0]
    assert (
        at_the_edge["madds"]
        == archcalc.count(archcalc.build("vgg16", resolution=65_536), batch=1000).madds
    )
    with pytest.raises(ArchcalcError, match=r"vgg16: sweep: costs above 2\*\*63 at width 1"):
        sweep("vgg16", resolutions=[224, 65_536], batch=10_000)


def test_pieces_need_a_size() -> None:
    with pytest.raises(ArchcalcError, match="size: an integer"):
        chunks("mobilenet_v1", size=0)


def test_one_choice_is_a_sequence_of_one() -> None:
    one = sweep("mobilenet_v2", widths=0.5, resolutions=160, prunes={"stage_2": 0.5})
    net = build("mobilenet_v2", width=0.5, resolution=160, prune={"stage_2": 0.5})
    assert [record["madds"] for record in one.records()] == [count(net).madds]


@each(
    ("choices", "phrase"),
    [
        ({"points": [(1, 224)]}, r"\(width, resolution, prune\)"),
        ({"sets": [None]}, "NAME=VALUE"),
        ({"widths": None}, "widths: a sequence"),
        ({"prunes": ["stage_2"]}, "prune must be a number"),
    ],
)
def test_what_is_no_choice_is_one_clear_line(choices: dict[str, Any], phrase: str) -> None:
    with pytest.raises(ArchcalcError, match=phrase):
        sweep("mobilenet_v2", **choices)


def test_a_width_that_a_grouped_layer_cannot_split_is_refused_before_any_piece() -> None:
    spec = Spec(
        "archcalc: 1\nname: grp\ninput: 8x8x4\nrounding: {method: divisible, divisor: 1, min: 1}\n"
        "rows:\n- {op: conv2d 3x3, out: 8, groups: 4}\n- {op: fc, out: 10, scale: false}\n"
    )
    with pytest.raises(ShapeError, match=r"7 channels .* 4 groups, at width 0\.9"):
        chunks(["mobilenet_v2", spec], widths=(1, 0.9))
    assert len(sweep(spec, widths=(1, 0.5))) == 2
