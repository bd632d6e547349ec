"""What the spec language means: copies, groups, references, blocks, defaults, paddings, widths."""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, Net, build, count
from archcalc.language.spec.spec import Spec
from tests.each import each

HEAD = "archcalc: 1\nname: tiny\ninput: 32x32x3\n"


def net(rows: str, **options: object) -> Net:
    return build(Spec(HEAD + rows), **options)  # type: ignore[arg-type]


def shape_of(net: Net, node: str) -> tuple[int, int, int]:
    return net.shapes[node]


def ids(net: Net) -> list[str]:
    return [node.id for node in net.graph.nodes]


def test_an_n_cell_strides_on_its_first_copy_only() -> None:
    tiny = net("rows:\n- {id: a, op: conv2d 3x3, out: 8, s: 2, n: 3}\n")
    assert ids(tiny) == ["a.1.conv", "a.2.conv", "a.3.conv"]
    assert [tiny.shapes[i][1] for i in ids(tiny)] == [16, 16, 16]
    assert [node.row for node in tiny.graph.nodes] == [1, 1, 1]


def test_a_repeated_group_strides_in_every_copy() -> None:
    tiny = net(
        "rows:\n- repeat: 3\n  rows:\n  - {id: a, op: conv2d 3x3, out: 8}\n"
        "  - {id: p, op: max_pool 2x2}\n"
    )
    assert [tiny.shapes[f"p.{i}.max_pool"][1] for i in (1, 2, 3)] == [16, 8, 4]
    # the second a reads the first p
    assert tiny.graph.by_id["a.2.conv"].inputs == ("p.1.max_pool",)


def test_from_names_rows_and_the_default_is_the_row_above() -> None:
    tiny = net(
        "rows:\n- {id: a, op: conv2d 1x1, out: 8}\n- {id: b, op: relu}\n"
        "- {id: c, op: conv2d 1x1, out: 8, from: a}\n- {op: add, from: [b, c]}\n"
        "- {op: conv2d 1x1, out: 4, from: input}\n"
    )
    by_id = tiny.graph.by_id
    assert by_id["c.1.conv"].inputs == ("a.1.conv",)
    assert by_id["add_4.1.add"].inputs == ("b.1.activation", "c.1.conv")
    assert by_id["conv_5.1.conv"].inputs == ("input",)


def test_several_outputs_are_named_by_their_rows() -> None:
    tiny = net(
        "rows:\n- {id: a, op: conv2d 3x3, out: 8}\n- {id: b, op: fc, out: 5}\noutputs: [b, a]\n"
    )
    assert tiny.graph.output_names == ("b", "a")
    assert not tiny.graph.prunable  # outputs keep their channels


def test_an_own_block_is_wiring_with_parameters_and_named_inputs() -> None:
    tiny = net(
        "blocks:\n  cell:\n    inputs: [cur, prev]\n    columns: [c]\n    rows:\n"
        "    - {id: h, from: cur, op: conv2d 1x1, out: $c}\n"
        "    - {id: g, from: prev, op: conv2d 1x1, out: $c}\n"
        "    - {from: [h, g], op: add}\n"
        "rows:\n- {id: a, op: conv2d 3x3, out: 8}\n- {id: b, op: conv2d 3x3, out: 6}\n"
        "- {id: x, op: cell, from: [b, a], c: 4}\n- {id: y, op: cell, from: [x, b], c: 4}\n"
    )
    assert tiny.graph.by_id["y.1.g.conv"].inputs == ("b.1.conv",)
    assert tiny.graph.by_id["y.1.h.conv"].inputs == ("x.1.add_3.add",)
    assert {node.row for node in tiny.graph.nodes if node.row_id == "y"} == {4}


def test_a_nested_block_sees_the_parameters_of_the_spec() -> None:
    tiny = net(
        "params: {k: 7}\nblocks:\n"
        "  inner: {columns: [c], rows: [{op: conv2d 1x1, out: $c}, {op: conv2d 1x1, out: $k}]}\n"
        "  outer: {columns: [c], rows: [{op: inner, c: $c}, {op: inner, c: 2}]}\n"
        "rows:\n- {id: o, op: outer, c: 5}\n"
    )
    assert [shape_of(tiny, i)[0] for i in ids(tiny)] == [5, 7, 2, 7]


def test_parameters_are_replaced_alone_and_within_a_text() -> None:
    text = (
        HEAD + "params: {k: 10}\ncolumns: [type, filter, input]\nrows:\n"
        "- [FC / s1, 3072x$k, 32x32x3]\n- [Softmax / s1, Classifier, 1x1x$k]\n"
    )
    spec = Spec(text)
    assert build(spec).shapes["linear_1.1.linear"] == (10, 1, 1)
    assert build(spec.with_params(k=4)).shapes["linear_1.1.linear"] == (4, 1, 1)
    assert spec.with_params(k=4) != spec
    with pytest.raises(ArchcalcError, match="no parameter 'classes'"):
        spec.with_params(classes=4)


def test_defaults_are_overridden_by_the_row_and_shared_by_families() -> None:
    tiny = net(
        "defaults:\n  conv: {bn: true, act: relu6}\n  pool: {pad: valid}\nrows:\n"
        "- {id: a, op: conv2d 3x3, out: 8}\n- {id: d, op: dwconv 3x3, act: none}\n"
        "- {id: p, op: max_pool 3x3, s: 2}\n"
    )
    assert ids(tiny) == ["a.1.conv", "a.1.norm", "a.1.act", "d.1.conv", "d.1.norm", "p.1.max_pool"]
    assert shape_of(tiny, "p.1.max_pool")[1:] == (15, 15)
    # bias stands only where no norm follows
    assert not tiny.graph.by_id["a.1.conv"].op.bias  # type: ignore[attr-defined]


def test_a_dash_means_what_its_column_says() -> None:
    tiny = net(
        "defaults:\n  conv: {act: relu}\n  bneck: {se: {ratio: 0.25, round: 8}}\n"
        "columns: [operator, exp, out, SE, NL, s]\nrows:\n"
        "- [conv2d 3x3, ~, 8, ~, ~, 2]\n- ['bneck, 3x3', 16, 8, ~, HS, 1]\n"
        "- ['bneck, 3x3', 16, 8, ✓, RE, 1]\n- ['pool, 16x16', ~, ~, ~, ~, 1, {global: true}]\n"
    )
    labels = {row: [n.op.label for n in tiny.graph.nodes if n.row == row] for row in (1, 2, 3, 4)}
    assert labels[1] == ["conv 3x3"]
    assert labels[4] == ["global avg_pool"]
    assert "multiply" not in labels[2]
    assert "multiply" in labels[3]
    assert "add" in labels[2]


def test_the_cells_of_bn_inception() -> None:
    tiny = net(
        "blocks:\n"
        "  inception: {columns: [pool, proj], rows: [{op: $pool pool 3x3, s: 1}, "
        "{op: conv2d 1x1, out: $proj}]}\n"
        "  down: {columns: [stride, pool], rows: [{op: $pool pool 3x3, s: $stride}]}\n"
        "columns: [type, patch, output, pool proj]\nrows:\n"
        "- [inception (3a), ~, 32x32x8, avg + 8]\n"
        "- [down (3c), stride 2, 16x16x8, max + pass through]\n"
    )
    labels = [node.op.label for node in tiny.graph.nodes]
    assert labels == ["avg_pool 3x3", "conv 1x1", "max_pool 3x3"]


def test_a_depthwise_convolution_of_several_filters_follows_its_input() -> None:
    tiny = HEAD + (
        "rounding: {method: divisible, divisor: 8, min: 8}\nrows:\n- {id: a, op: conv2d 1x1, "
        "out: 32}\n- {id: d, op: dwconv 3x3, multiplier: 3}\n- {op: fc, out: 2, scale: false}\n"
    )
    for width, prune, channels in ((1, None, 32), (0.5, None, 16), (1, 0.5, 16), (1, 0.25, 24)):
        made = build(Spec(tiny), width=width, prune=prune)
        assert made.shapes["d.1.conv"] == (3 * channels, 32, 32)
        layer = count(made).layers[1]
        assert layer.madds == 9 * 3 * channels * 32 * 32
        assert layer.node.op.label == "dwconv 3x3"


def test_use_overrides_a_printed_cell_that_stays_visible() -> None:
    text = (
        HEAD + "columns: [operator, out, SE]\nrows:\n"
        "- [conv2d 1x1, 8, ✓, {use: {SE: ~}, erratum: in no released model}]\n"
    )
    graph = build(Spec(text)).graph
    assert [node.op.label for node in graph.nodes] == ["conv 1x1"]
    assert graph.errata == {"conv_1": "in no released model"}


@each(("pad", "side"), [("same", 11), ("same_upper", 11), ("valid", 10), ("0", 10), ("2", 12)])
def test_paddings_of_a_3x3_stride_3_over_32(pad: str, side: int) -> None:
    tiny = net(f"rows:\n- {{id: a, op: conv2d 3x3, out: 4, s: 3, pad: {pad}}}\n")
    assert shape_of(tiny, "a.1.conv") == (4, side, side)


def test_ceil_keeps_the_last_partial_window() -> None:
    for ceil, side in (("false", 15), ("true", 16)):
        tiny = net(f"rows:\n- {{id: p, op: max_pool 3x3, s: 2, pad: valid, ceil: {ceil}}}\n")
        assert shape_of(tiny, "p.1.max_pool") == (3, side, side)


def test_scale_false_and_min_limit_a_width() -> None:
    rows = (
        "rounding: {method: divisible, divisor: 8}\nrows:\n- {id: a, op: conv2d 3x3, out: 64}\n"
        "- {id: b, op: conv2d 3x3, out: 64, scale: {min: 1.0}}\n"
        "- {id: c, op: conv2d 3x3, out: 64, scale: false}\n- {op: fc, out: 10, scale: false}\n"
    )
    for width, expected in ((0.5, [32, 64, 64]), (1, [64, 64, 64]), (1.5, [96, 96, 64])):
        tiny = net(rows, width=width)
        assert [shape_of(tiny, f"{i}.1.conv")[0] for i in "abc"] == expected


def test_a_width_is_as_printed_at_multiplier_one() -> None:
    rows = "rounding: {method: divisible, divisor: 8}\nrows:\n- {id: a, op: conv2d 3x3, out: 20}\n"
    assert shape_of(net(rows), "a.1.conv")[0] == 20
    assert shape_of(net(rows, width="0.9999"), "a.1.conv")[0] == 24


def test_count_multiplies_work_and_memory_but_not_parameters() -> None:
    rows = (
        "rows:\n- {id: a, op: conv2d 3x3, out: 8}\n- {id: b, op: fc, out: 10%s}\n- {op: softmax}\n"
    )
    once, often = count(net(rows % "")), count(net(rows % ", count: 300"))
    assert often.params == once.params
    assert often.layers[1].madds == 300 * once.layers[1].madds
    assert often.layers[2].node.count == 300  # and everything after
    assert often.layers[0].madds == once.layers[0].madds


def test_resolutions_square_and_not() -> None:
    rows = "rows:\n- {id: a, op: conv2d 3x3, out: 8, s: 2}\n"
    assert shape_of(net(rows, resolution="64x48"), "a.1.conv")[1:] == (32, 24)
    assert net(rows, resolution=64).resolution == 64
    for bad in (0, "x", "64x", 70_000, "1x2x3", True):
        with pytest.raises(ArchcalcError, match="resolution"):
            net(rows, resolution=bad)


def test_a_resolution_that_leaves_nothing_names_the_layer() -> None:
    rows = "rows:\n- {id: a, op: conv2d 5x5, out: 8, pad: valid}\n"
    with pytest.raises(ArchcalcError, match=r"an input of 4 is too small: a\.1\.conv"):
        net(rows, resolution=4)


@each("width", [0, -1, 17, "1e99", "0.00001", "x", float("nan")])
def test_a_bad_width_is_one_clear_line(width: float | str) -> None:
    with pytest.raises(ArchcalcError, match="width"):
        build("mobilenet_v1", width=width)
