"""Included rows of another spec count as if written in place."""

from __future__ import annotations

import pytest

from archcalc import Spec, SpecError, build, count, load, sweep, to_torch
from archcalc.language.transforms import transform
from tests.each import each

HEAD = "archcalc: 1\nname: net\ninput: 224x224x3\n"


def spec(rows: str, head: str = HEAD, file: str = "net.yaml") -> Spec:
    return Spec(f"{head}rows:\n{rows}", file)


def layers(source, **variant):
    table = count(build(source, **variant))
    return [(layer.node.id, layer.madds, layer.params) for layer in table.layers]


@each("name", ["mobilenet_v1", "mobilenet_v2", "googlenet", "vgg16"])
def test_a_whole_net_taken_over_is_that_net(name):
    assert layers(spec(f"- {{extends: {name}}}\n")) == layers(name)


@pytest.mark.parametrize("width", ["0.35", "1.4"])
def test_the_width_rule_comes_along(width):
    taken = spec("- {extends: mobilenet_v2, through: conv_9}\n")
    ours = layers(taken, width=width, resolution=192)
    assert ours == layers("mobilenet_v2", width=width, resolution=192)[: len(ours)]
    assert taken.rounding == load("mobilenet_v2").rounding


def test_two_slices_around_a_row_of_its_own():
    taken = spec(
        "- {extends: vgg16, through: conv_9}\n"
        "- {id: pool3, op: max pool 2x2, s: 2, ceil: true}\n"
        "- {extends: vgg16, after: max_pool_10, through: conv_13}\n"
        "- {id: half, from: conv_9, op: conv2d 1x1, out: 8}\n",
    )
    net = build(taken, resolution=300)
    assert net.shapes["conv_13.1.act"] == (512, 38, 38)  # 37 by VGG's own pool
    assert net.shapes["half.1.conv"] == (8, 75, 75)
    rows = {node.row_id: node.row for node in net.graph.nodes}
    assert list(rows.values()) == list(range(1, len(rows) + 1)), "numbered as they stand"


def test_a_repeated_group_is_included_whole():
    taken = spec("- {extends: mobilenet_v1, through: conv_15}\n- {id: a, op: relu}\n")
    copies = [n.copy for n in build(taken).graph.nodes if n.row_id == "conv_15"]
    assert max(copies) == 5
    assert build(taken).shapes["a.1.activation"] == (512, 14, 14)


def test_rows_run_on_what_from_names():
    taken = spec(
        "- {id: wide, op: conv2d 1x1, out: 32}\n"
        "- {id: side, from: input, op: conv2d 1x1, out: 4}\n"
        "- {extends: mobilenet_v1, after: conv_1, through: conv_3, from: wide}\n"
    )
    node = build(taken).graph.by_id["dwconv_2.1.conv"]
    assert node.inputs == ("wide.1.conv",)


def test_parameters_are_those_of_the_net_taken_over():
    taken = spec("- {extends: mobilenet_v2}\n", HEAD + "params: {k: 7}\n")
    assert build(taken).shapes[build(taken).graph.outputs[0]][0] == 1000


def test_transforms_change_what_is_taken_over():
    taken = spec("- {extends: mobilenet_v2, through: conv_9}\n- {id: c, op: fc, out: 10}\n")
    changed = transform(taken, "act=relu,kernel=5")
    kinds = {getattr(node.op, "kind", None) for node in build(changed).graph.nodes}
    assert kinds == {None, "relu"}
    expected = layers(transform(load("mobilenet_v2"), "act=relu,kernel=5"))
    ours = layers(changed)
    assert ours[:-1] == expected[: len(ours) - 1]
    assert layers(Spec(changed.to_yaml())) == ours, "an inline spec is written and read back"


def test_a_transform_that_changes_no_row_of_either_is_refused():
    taken = spec("- {extends: vgg16, through: conv_9}\n")
    with pytest.raises(Exception, match="no row of the net can change"):
        transform(taken, "se=off")


def test_paths_start_from_the_file(tmp_path):
    (tmp_path / "base.yaml").write_text(HEAD + "rows:\n- {id: a, op: conv2d 3x3, out: 6}\n")
    top = tmp_path / "top.yaml"
    top.write_text(HEAD + "rows:\n- {extends: base.yaml}\n- {op: relu}\n")
    before = layers(load(str(top)))
    assert [name for name, *_ in before] == ["a.1.conv", "activation_2.1.activation"]
    (tmp_path / "base.yaml").write_text(HEAD + "rows:\n- {id: a, op: conv2d 3x3, out: 7}\n")
    assert layers(load(str(top))) != before, "no stale graph of a file that has changed"


def test_fixed_widths_come_along():
    name = next(g.name for g in build("mobilenet_v2").graph.prunable)
    pruned = load("mobilenet_v2").replace(widths={name: 8})
    taken = Spec.from_document(
        {**spec("- {op: relu}\n").document, "rows": [{"extends": dict(pruned.document)}]}
    )
    assert layers(taken) == layers(pruned)


def test_grids_and_modules():
    taken = spec("- {extends: mobilenet_v1, through: conv_5}\n- {id: c, op: conv2d 1x1, out: 9}\n")
    grid = sweep(taken, widths=[0.5, 1], resolutions=[32, 64])
    for record in grid.to_frame().to_dict("records"):
        table = count(build(taken, width=record["width"], resolution=int(record["resolution"])))
        assert (table.madds, table.params) == (record["madds"], record["params"])
    import torch

    module = to_torch(build(taken, resolution=32)).eval()
    assert module(torch.zeros(1, 3, 32, 32)).shape == (1, 9, 8, 8)


FAULTS = {
    "- {extends: mobilenet_v9}\n": "extends 'mobilenet_v9': unknown model",
    "- {extends: 7}\n": "expected a name of the zoo, a path",
    "- {extends: no/such.yaml}\n": "no such file",
    "- {extends: mobilenet_v1, through: conv_99}\n": "through: no row 'conv_99' in mobilenet_v1",
    "- {extends: mobilenet_v1, until: conv_3}\n": "until: unknown keyword",
    "- {extends: mobilenet_v1, through: ~}\n": "through: null is not allowed here",
    "- {extends: mobilenet_v1, after: conv_5, through: conv_3}\n": "expected a row of mobilenet_v1",
    "- {extends: mobilenet_v1, through: dwconv_14}\n": "expected the last row of a group",
    "- {extends: mobilenet_v1}\n- {extends: mobilenet_v1}\n": "is the id of line 5 already",
    "- {extends: mobilenet_v1, from: [input, input]}\n": "expected one row that mobilenet_v1",
    "- {extends: mobilenet_v1, from: conv_3}\n": "from 'conv_3'",
    "- {extends: mobilenet_v1, through: conv_3}\n- {extends: mobilenet_v2, after: conv_1, "
    "through: bottleneck_2}\n": "mobilenet_v2 and mobilenet_v1 round differently",
    "- {extends: mobilenet_v2, through: bottleneck_3}\n"
    "- {from: bottleneck_3.1.expnd, op: relu}\n": "did you mean 'bottleneck_3.1.expand'",
    "- {repeat: 2, rows: [{extends: mobilenet_v1}]}\n": "expected in the rows of the table",
}


@each("rows", FAULTS)
def test_each_error_is_one_clear_line(rows):
    with pytest.raises(SpecError) as caught:
        build(spec(rows))
    (problem,) = caught.value.problems
    assert problem.file == "net.yaml"
    assert problem.line == 4 + rows.count("\n")
    assert FAULTS[rows] in str(problem)


def test_a_block_cannot_extend():
    head = HEAD + "blocks:\n  own:\n    rows:\n    - {extends: mobilenet_v1}\n"
    with pytest.raises(SpecError, match="expected in the rows of the table"):
        build(spec("- {op: own}\n", head))


def test_a_circle_of_files_is_reported(tmp_path):
    for one, other in ("ab", "ba"):
        (tmp_path / f"{one}.yaml").write_text(HEAD + f"rows:\n- {{extends: {other}.yaml}}\n")
    with pytest.raises(SpecError, match="extends itself"):
        load(str(tmp_path / "a.yaml"))


def test_errors_of_the_other_file_are_reported_with_its_name(tmp_path):
    (tmp_path / "base.yaml").write_text(HEAD + "rows:\n- {id: a, op: no_such, out: 6}\n")
    top = tmp_path / "top.yaml"
    top.write_text(HEAD + "rows:\n- {extends: base.yaml}\n- {op: relu}\n")
    with pytest.raises(SpecError) as caught:
        load(str(top))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / "base.yaml"), 5)


def test_shapes_that_do_not_fit_are_reported_at_the_row():
    rows = (
        "- {id: a, op: conv2d 1x1, out: 8}\n"
        "- {id: b, op: conv2d 1x1, out: 8, s: 2}\n"
        "- {extends: mobilenet_v1, after: conv_1, through: conv_3, from: b}\n"
        "- {op: add, from: [a, conv_3]}\n"
    )
    with pytest.raises(SpecError) as caught:
        build(spec(rows))
    assert caught.value.line == 8
