"""Conventions, totals and groupings of a cost table, by hand on one small net and as laws."""

from __future__ import annotations

import json

import pytest

from archcalc import CONVENTIONS, ArchcalcError, Spec, UnknownName, build, count, zoo_names
from tests.each import each
from tests.zoo import few

# One of everything that conventions treat differently: norm, bias, both pools, add, SE, linear.
TINY = """
archcalc: 1
name: tiny
input: 8x8x3
defaults:
  conv: {bn: true, act: relu}
rows:
- {id: a, op: conv 3x3, out: 4}
- {id: b, op: conv 1x1, out: 4, bn: false}
- {id: sum, from: [a, b], op: add}
- {id: d, op: dwconv 3x3, se: {ratio: 0.5}}
- {id: p, op: maxpool 2x2}
- {id: g, op: avgpool, global: true}
- {id: fc, op: linear, out: 5}
- {id: soft, op: softmax}
"""


@pytest.fixture(scope="module")
def net():
    return build(Spec(TINY))


CONV = 27 * 4 * 64 + 4 * 4 * 64 + 9 * 4 * 64 + (4 * 2 + 2 * 4)  # the last two: SE on a 1x1 map
LINEAR = 4 * 5
WEIGHTS = 27 * 4 + 4 * 4 + 9 * 4 + 4 * 2 + 2 * 4 + 4 * 5
BIASES = 4 + 2 + 4 + 5
NORM_PARAMS = 2 * 4 * 2
NORMED = 4 * 64 * 2  # after a and d
AVERAGED = 4 * 64 + 4 * 16  # by SE and by g
BIASED = 4 * 64 + (2 + 4) + 5  # outputs of b, of SE and of fc
RECTIFIED = 3 * 4 * 64 + 2  # after a, b and d, and in SE
POOLED = AVERAGED + 4 * 64  # read by p
PTFLOPS = CONV + LINEAR + BIASED + 2 * (NORMED + RECTIFIED + POOLED) + 5  # the last: softmax


COUNTED = [
    ("paper", CONV + LINEAR, WEIGHTS + BIASES + NORM_PARAMS),
    ("paper:conv_only", CONV, WEIGHTS + BIASES + NORM_PARAMS),
    ("paper:no_norm", CONV + LINEAR, WEIGHTS + BIASES),
    ("paper:weights", CONV + LINEAR, WEIGHTS),
    ("fvcore", CONV + LINEAR + 2 * NORMED + AVERAGED, WEIGHTS + BIASES + NORM_PARAMS),
    ("flopcounter", CONV + LINEAR, WEIGHTS + BIASES + NORM_PARAMS),
    ("ptflops", PTFLOPS, WEIGHTS + BIASES + NORM_PARAMS),
    ("ptflops:pytorch", PTFLOPS, WEIGHTS + BIASES + NORM_PARAMS),
    ("ptflops:aten", CONV + LINEAR + BIASED, WEIGHTS + BIASES + NORM_PARAMS),
    (
        "thop",
        CONV + LINEAR + 4 * NORMED + AVERAGED + (4 + 4) + (3 * 5 - 1),
        WEIGHTS + BIASES + NORM_PARAMS,
    ),
    ("torchinfo", CONV + LINEAR + BIASED + NORM_PARAMS, WEIGHTS + BIASES + NORM_PARAMS),
    (
        "torchprofile",  # the last two: SE's product, and what is averaged to
        CONV + LINEAR + NORMED + 4 * 64 + (4 + 4),
        WEIGHTS + BIASES + NORM_PARAMS,
    ),
    ("calflops", CONV + LINEAR, WEIGHTS + BIASES + NORM_PARAMS),
]


@each(("convention", "madds", "params"), COUNTED)
def test_what_each_convention_counts(net, convention, madds, params):
    table = count(net, convention)
    assert (table.madds, table.params) == (madds, params)
    assert table.totals["flops"] == 2 * madds
    assert table.convention is CONVENTIONS[convention]
    assert convention in table.title
    assert convention in table.notes()[0]


def test_every_convention_is_tested():
    assert {name for name, *_ in COUNTED} == set(CONVENTIONS)


def test_unknown_names_are_errors_that_list_the_known(net):
    with pytest.raises(UnknownName, match="did you mean 'paper:no_norm'"):
        count(net, "paper:nonorm")
    with pytest.raises(UnknownName, match="f16, f32, int8"):
        count(net, dtype="f64")
    with pytest.raises(UnknownName, match="block, layer, op, row, stage"):
        count(net).by("column")
    for batch in (0, -1, 1.5, True, "2"):
        with pytest.raises(ArchcalcError, match="batch"):
            count(net, batch=batch)


@pytest.mark.parametrize("name", few(zoo_names()))
def test_terms_add_up(name):
    net = build(name)
    tables = {convention: count(net, convention) for convention in CONVENTIONS}
    paper, fvcore = tables["paper"], tables["fvcore"]

    def work(term):
        parameter = term in ("weights", "biases", "norm_params")
        runs = (1 if parameter else layer.node.count for layer in paper.layers)
        return sum(
            getattr(layer.terms, term) * n for layer, n in zip(paper.layers, runs, strict=True)
        )

    assert paper.madds == work("conv") + work("linear")
    assert paper.madds - tables["paper:conv_only"].madds == work("linear")
    assert fvcore.madds - paper.madds == (
        2 * work("norm") + work("global_pool") + 4 * work("resample")
    )
    assert tables["flopcounter"].madds == paper.madds
    assert paper.params == work("weights") + work("biases") + work("norm_params")
    assert tables["paper:weights"].params == work("weights")
    assert tables["paper:no_norm"].params == work("weights") + work("biases")


@pytest.mark.parametrize("key", ["layer", "block", "row", "op", "stage"])
@pytest.mark.parametrize("name", few(zoo_names()))
def test_totals_are_sums_of_groups(name, key):
    table = count(build(name))
    grouped = table.by(key)
    assert [layer for layers in grouped.groups.values() for layer in layers] == sorted(
        table.layers, key=lambda layer: [*grouped.groups].index(_key(layer, key))
    )
    records = grouped.to_dict()["groups"]
    assert sum(record["madds"] for record in records) == table.madds
    assert sum(record["params"] for record in records) == table.params
    assert sum(record["layers"] for record in records) == len(table.layers)
    for share in ("madds_share", "params_share"):
        assert sum(record[share] for record in records) == pytest.approx(100, abs=1e-4)


def _key(layer, key):
    node = layer.node
    return {
        "layer": node.id,
        "block": node.block,
        "row": node.row_id,
        "op": node.op.label,
        "stage": f"stage_{node.stage}",
    }[key]


def test_norms_and_activations_fold_into_their_row(net):
    rows = count(net).by("row")
    assert [len(layers) for layers in rows.groups.values()] == [3, 2, 1, 9, 1, 1, 1, 1]
    assert rows.params("a") == 27 * 4 + 8
    assert rows.madds("d") == 9 * 4 * 64 + 4 * 2 + 2 * 4


def test_stages_begin_where_the_map_changes_its_size(net):
    stages = count(net).by("stage").groups
    assert [[layer.node.row_id for layer in layers][-1] for layers in stages.values()] == [
        "d",
        "p",
        "soft",
    ]


@each(("dtype", "size"), [("f32", 4), ("f16", 2), ("int8", 1)])
def test_bytes_follow_the_dtype_and_the_batch(net, dtype, size):
    one, many = count(net, dtype=dtype), count(net, dtype=dtype, batch=3)
    assert one.totals["weight_bytes"] == size * (WEIGHTS + BIASES + NORM_PARAMS)
    assert many.totals["weight_bytes"] == one.totals["weight_bytes"]
    for figure in ("madds", "flops", "activation_bytes", "peak_memory_bytes"):
        assert many.totals[figure] == 3 * one.totals[figure]
    assert many.params == one.params


def test_arithmetic_intensity_is_flops_by_moved_bytes(net):
    conv = count(net).layers[0]
    moved = 4 * (27 * 4 + 3 * 64 + 4 * 64)
    assert conv.traffic_bytes == moved
    assert conv.intensity == pytest.approx(2 * 27 * 4 * 64 / moved, abs=1e-4)
    relu = next(layer for layer in count(net).layers if layer.node.op.label == "relu")
    assert relu.intensity == 0


def test_a_count_multiplies_the_work_of_everything_after_it():
    spec = Spec(
        "archcalc: 1\nname: heads\ninput: 8x8x3\nrows:\n"
        "- {id: a, op: conv 3x3, out: 4}\n- {id: b, op: conv 1x1, out: 2, count: 300}\n"
        "- {id: c, op: linear, out: 3}\n"
    )
    table = count(build(spec))
    rows = {layer.node.row_id: layer for layer in table.layers}
    assert rows["a"].madds == 27 * 4 * 64
    assert rows["b"].madds == 300 * 4 * 2 * 64
    assert rows["c"].madds == 300 * 2 * 64 * 3
    assert table.params == (27 * 4 + 4) + (4 * 2 + 2) + (2 * 64 * 3 + 3)
    assert rows["b"].activation_bytes == 300 * 2 * 64 * 4


def test_json_is_the_contract():
    table = count(build("mobilenet_v2", width=0.75, resolution=192, prune=0.5))
    record = json.loads(json.dumps(table.to_dict()))
    assert record["model"] == "mobilenet_v2"
    assert record["width"] == 0.75
    assert record["resolution"] == 192
    assert record["prune"] == 0.5
    assert record["convention"] == "paper"
    assert {
        "madds",
        "params",
        "flops",
        "weight_bytes",
        "activation_bytes",
        "peak_memory_bytes",
    } <= record["totals"].keys()
    for row in record["rows"]:
        assert {"id", "row", "block", "op", "inputs", "output", "kernel", "stride"} <= row.keys()
        assert {"groups", "madds", "params"} <= row.keys()
        assert row["output"][0] > 0
    by_op = json.loads(json.dumps(table.by("op").to_dict()))
    assert by_op["by"] == "op"
    assert "rows" not in by_op
    assert by_op["groups"][0].keys() == {
        "key",
        "layers",
        "madds",
        "params",
        "madds_share",
        "params_share",
    }


def test_records_are_flat_and_alike(net):
    records = count(net).records()
    assert len({tuple(record) for record in records}) == 1
    assert not any(
        isinstance(value, (list, dict)) for record in records for value in record.values()
    )
    assert records[0]["inputs"] == "8x8x3"
    assert records[0]["output"] == "8x8x4"
