"""The ablations of MobileNets' papers: full convolutions, ordinary residuals, bottlenecks, t."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from archcalc import ArchcalcError, CostTable, Spec, build, count, load, transform
from archcalc.language.graph import Node
from tests.each import each

BOTTLENECKS = ["mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small"]


def counted(spec: Spec, **variant: Any) -> CostTable:
    return count(build(spec, **variant))


def layers(table: CostTable) -> list[Any]:
    """Return all that counts of each layer, without names of rows."""
    return [(one.node.op, one.inputs, one.output, one.madds, one.params) for one in table.layers]


def wiring(spec: Spec) -> list[Any]:
    return [(n.id, n.op, n.inputs, n.channels) for n in build(spec).graph.nodes]


def ops(spec: Spec, row: str) -> list[str]:
    return [node.op.label for node in build(spec).graph.nodes if node.row_id == row]


# -- conv=full|separable


@each("width", [1, 0.75, 0.5, 0.25, 1.4])
@each("resolution", [224, 128])
def test_v1_with_full_convolutions_is_conv_mobilenet(width: Any, resolution: int) -> None:
    variant = {"width": width, "resolution": resolution}
    full, conv = transform(load("mobilenet_v1"), "conv=full"), load("mobilenet_v1_conv")
    assert layers(counted(full, **variant)) == layers(counted(conv, **variant))
    back = transform(conv, "conv=separable")
    assert layers(counted(back, **variant)) == layers(counted(load("mobilenet_v1"), **variant))
    assert layers(counted(transform(full, "conv=separable"))) == layers(
        counted(load("mobilenet_v1"))
    )


def test_printed_cells_of_v1_stay_visible() -> None:
    rows = transform(load("mobilenet_v1"), "conv=full").document["rows"]
    assert rows[2][:3] == ["Conv dw / s2", "3x3x64 dw", "112x112x64"]
    assert rows[2][3] == {"use": {"type": "Conv / s2", "filter": "3x3x64x128"}}


def test_costs_of_separable_vgg_follow_section_3_1() -> None:
    """MobileNets, section 3.1: a separable convolution costs 1/N + 1/D_K² of a full one."""
    full = counted(load("vgg16")).by("row").groups
    separable = counted(transform(load("vgg16"), "conv=separable")).by("row").groups
    pairs = list(zip(full.values(), separable.values(), strict=True))
    ratios = [
        Fraction(sum(n.madds for n in after), sum(n.madds for n in before))
        for before, after in pairs
        if before[0].node.op.name == "conv"
    ]
    outs = [n.output[0] for before, _ in pairs for n in before if n.node.op.name == "conv"]
    assert len(outs) == 13
    assert ratios == [1] + [Fraction(1, out) + Fraction(1, 9) for out in outs[1:]]


def test_separable_inside_blocks_of_the_file() -> None:
    """Every convolution of GoogLeNet's modules but 1x1, and not the one that reads the image."""
    found = counted(transform(load("googlenet"), "conv=separable")).layers
    before = counted(load("googlenet")).layers
    wide = [n for n in before if n.node.op.name == "conv" and n.kernel != (1, 1)]
    deep = [n for n in found if n.node.op.label.startswith("dwconv")]
    assert [n.kernel for n in deep] == [n.kernel for n in wide[1:]]
    assert [n.node.op.label for n in found if n.node.op.label == "conv 7x7"] == ["conv 7x7"]


@each("name", BOTTLENECKS)
def test_full_convolutions_in_bottlenecks(name: str) -> None:
    """C filters of k x k x C in place of C of k x k: all else is as it was."""
    before, after = counted(load(name)), counted(transform(load(name), "conv=full"))
    for one, other in zip(before.layers, after.layers, strict=True):
        assert other.output == one.output
        times = one.output[0] if one.node.op.label.startswith("dwconv") else 1
        assert (other.madds, other.params) == (one.madds * times, one.params * times)
    assert not any(n.node.op.label.startswith("dwconv") for n in after.layers)


SEPARABLE = (
    "archcalc: 1\nname: s\ninput: 8x8x3\ndefaults: {conv: {bn: true, act: relu}}\nrows:\n"
    "- {id: a, op: conv 3x3, out: 8}\n"
)


@each(
    "rows",
    [
        "- {id: b, op: sepconv 3x3, s: 2, out: 16, act: none}\n",
        "- {op: dwconv 3x3, s: 2}\n- {id: b, op: conv 1x1, out: 16, act: none}\n",
        "- {id: d, op: dwconv 3x3, s: 2}\n- {id: b, from: d, op: conv 1x1, out: 16, act: none}\n",
    ],
)
def test_pairs_and_separable_rows_become_one_convolution(rows: str) -> None:
    ending = "- {id: c, from: b, op: conv 1x1, out: 4}\n"
    full = transform(Spec(SEPARABLE + rows + ending), "conv=full")
    by_hand = Spec(SEPARABLE + "- {id: b, op: conv 3x3, s: 2, out: 16, act: none}\n" + ending)
    assert wiring(full) == wiring(by_hand)


@each(
    "rows",
    [
        "- {id: d, op: dwconv 3x3}\n",
        "- {id: d, op: dwconv 3x3}\n- {op: conv 3x3, out: 4}\n",
        "- {id: d, op: dwconv 3x3}\n- {op: conv 1x1, s: 2, out: 4}\n",
        "- {id: d, op: dwconv 3x3}\n- {op: conv 1x1, groups: 2, out: 4}\n",
        "- {id: d, op: dwconv 3x3}\n- {op: conv 1x1, from: a, out: 4}\n",
        "- {id: d, op: dwconv 3x3}\n- {id: p, op: conv 1x1, out: 8}\n- {op: add, from: [d, p]}\n",
        "- {id: d, op: dwconv 3x3}\n- {id: p, op: conv 1x1, out: 8}\noutputs: [d, p]\n",
        "- {id: d, op: dwconv 3x3}\n- {repeat: 2, rows: [{op: conv 1x1, out: 8}]}\n",
    ],
)
def test_a_depthwise_convolution_of_its_own_is_no_half_of_a_pair(rows: str) -> None:
    with pytest.raises(ArchcalcError, match="'d' has no pointwise convolution of its own"):
        transform(Spec(SEPARABLE + rows), "conv=full")


# -- residual, bottleneck


@each("name", BOTTLENECKS)
def test_without_residual_only_the_additions_go(name: str) -> None:
    before, after = load(name), transform(load(name), "residual=none")
    kept = [node for node in build(before).graph.nodes if node.op.name != "add"]
    assert [(n.id, n.op) for n in build(after).graph.nodes] == [(n.id, n.op) for n in kept]
    assert (counted(after).madds, counted(after).params) == (
        counted(before).madds,
        counted(before).params,
    )
    assert wiring(transform(after, "residual=inverted")) == wiring(before)


def expected_ordinary(rows: list[tuple[int, int, int, int]], first: int) -> list[Any]:
    """Write MobileNetV2's table (t, c, n, s) turned inside out as (kind, in, out, stride)."""
    found: list[Any] = []
    wide = first
    for t, c, n, s in rows:
        for copy in range(n):
            stride = s if copy == 0 else 1
            found += [("conv 1x1", wide, c, 1), ("dwconv 3x3", c, c, stride)]
            if t > 1:
                found += [("conv 1x1", c, t * c, 1)]
            if stride == 1 and wide == t * c:
                found += [("add", wide, wide, 1)]
            wide = t * c
    return found


TABLE_2 = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
]  # fmt: skip


def test_ordinary_residuals_of_v2_are_its_rows_inside_out() -> None:
    table = counted(transform(load("mobilenet_v2"), "residual=ordinary"))
    found = [
        (n.node.op.label, n.inputs[0][0], n.output[0], n.inputs[0][1] // n.output[1])
        for n in table.layers
        if n.node.row_id.startswith("bottleneck") and n.node.op.name in ("conv", "add")
    ]
    assert found == expected_ordinary(TABLE_2, 32)


def test_an_ordinary_residual_with_a_full_convolution_is_resnets_block() -> None:
    """1x1, 3x3, 1x1 with norms; ReLU after the first two and after the addition."""
    text = (
        "archcalc: 1\nname: r\ninput: 56x56x256\ndefaults: {conv: {bn: true}}\nrows:\n"
        "- {id: b, op: bottleneck, t: 4, out: 64, act: relu}\n"
    )
    spec = transform(Spec(text), "residual=ordinary,conv=full")
    net = build(spec)
    assert [node.op.label for node in net.graph.nodes] == [
        "conv 1x1", "norm", "relu", "conv 3x3", "norm", "relu", "conv 1x1", "norm", "add", "relu",
    ]  # fmt: skip
    assert net.shapes[net.graph.outputs[0]] == (256, 56, 56)
    # He et al. 2016, Table 1: 1x1, 64; 3x3, 64; 1x1, 256
    assert count(net).madds == 56 * 56 * (256 * 64 + 9 * 64 * 64 + 64 * 256)


def test_squeeze_and_excite_of_an_ordinary_residual_comes_before_the_addition() -> None:
    found = ops(transform(load("mobilenet_v3_large"), "residual=ordinary"), "bneck_7")
    assert found[-3:] == ["multiply", "add", "relu"]


@each("name", BOTTLENECKS)
def test_the_bottleneck_of_figure_6a(name: str) -> None:
    before, after = load(name), transform(load(name), "bottleneck=nonlinear")
    nodes = build(after).graph.nodes
    added = [n for n in nodes if n.id.endswith(".project.act")]
    projections = [n for n in nodes if n.id.endswith(".project.conv")]
    assert len(added) == len(projections) > 0
    assert [(n.id, n.op) for n in nodes if n not in added] == [
        (n.id, n.op) for n in build(before).graph.nodes
    ]
    own = {n.block: n.op for n in nodes if n.id.endswith(".depthwise.act")}
    assert all(own[n.block] == n.op for n in added)
    assert wiring(transform(after, "bottleneck=linear")) == wiring(before)


# -- ResNets


@each("name", ["resnet18", "resnet50", "se_resnet50"])
def test_plain_nets_are_resnets_without_shortcuts_and_their_projections(name: str) -> None:
    before, after = load(name), transform(load(name), "residual=none")
    gone = (".add", ".shortcut.conv", ".shortcut.norm")
    kept = [n for n in build(before).graph.nodes if not n.id.endswith(gone)]
    assert [(n.id, n.op) for n in build(after).graph.nodes] == [(n.id, n.op) for n in kept]
    assert wiring(transform(after, "residual=ordinary")) == wiring(before)


@pytest.mark.parametrize("name", ["resnet18", "resnet50"])
def test_costs_of_separable_resnets_follow_section_3_1(name: str) -> None:
    """Each 3x3 costs 1/N + 1/9 where its stride stands; activations end where they did."""
    full = counted(load(name)).layers
    separable = counted(transform(load(name), "conv=separable"))
    parts: dict[str, int] = {}
    for one in separable.layers:
        whole = one.node.id.replace(".depthwise.", ".").replace(".pointwise.", ".")
        parts[whole] = parts.get(whole, 0) + one.madds
    for one in full:
        ratio = Fraction(1)
        if one.node.op.label == "conv 3x3":
            ratio = Fraction(1, one.output[0]) + Fraction(1, 9)
        assert parts.pop(one.node.id) == one.madds * ratio
    assert not any(parts.values())
    if name == "resnet18":  # its blocks end in a 3x3: nothing activates it before the addition
        ends = [one.node.id for one in separable.layers if ".conv2.pointwise.act" in one.node.id]
        assert ends == []


# -- t


def is_expansion(node: Node) -> bool:
    return node.id.endswith(".expand.conv")


@each("factor", [2, 3, 6, 10])
@each("name", BOTTLENECKS)
def test_one_factor_in_every_bottleneck_that_expands(name: str, factor: int) -> None:
    before, after = load(name), transform(load(name), f"t={factor}")
    table = counted(after)
    expansions = [one for one in table.layers if is_expansion(one.node)]
    assert {one.output[0] // one.inputs[0][0] for one in expansions} == {factor}
    assert all(one.output[0] % one.inputs[0][0] == 0 for one in expansions)
    assert [one.node.id for one in expansions] == [
        n.id for n in build(before).graph.nodes if is_expansion(n)
    ]
    projected: Callable[[CostTable], list[Any]] = lambda of: [  # noqa: E731
        (one.node.id, one.output) for one in of.layers if one.node.id.endswith(".project.conv")
    ]
    assert projected(table) == projected(counted(before))


def test_v2_is_printed_with_t_of_6() -> None:
    spec = load("mobilenet_v2")
    assert transform(spec, "t=6").document["rows"] == spec.document["rows"]
    assert transform(transform(spec, "t=1"), "t=6").document["rows"] == spec.document["rows"]


def test_a_factor_of_one_leaves_no_expansion() -> None:
    assert not any(map(is_expansion, build(transform(load("mobilenet_v2"), "t=1")).graph.nodes))


@each(
    ("name", "sets", "message"),
    [
        ("mobilenet_v2", "conv=half", "expected full or separable"),
        ("mobilenet_v1_conv", "conv=full", "no separable convolution of the net can change"),
        ("mobilenet_v1", "conv=separable", "no full convolution of the net can change"),
        ("mobilenet_v2", "residual=yes", "expected inverted, ordinary or none"),
        ("mobilenet_v1", "residual=none", "the net has no bottleneck and no residual block"),
        ("resnet50", "residual=inverted", "'residual' has no such form, only wide or none"),
        ("mobilenet_v2", "bottleneck=relu", "expected linear or nonlinear"),
        ("vgg16", "bottleneck=nonlinear", "the net has no bottleneck"),
        ("mobilenet_v2", "t=0", "expected a whole number from 1 to"),
        ("mobilenet_v2", "t=1.5", "expected a whole number from 1 to"),
        ("mobilenet_v1", "t=6", "the net has no bottleneck with an expansion"),
    ],
)
def test_what_is_refused(name: str, sets: str, message: str) -> None:
    with pytest.raises(ArchcalcError, match=message):
        transform(load(name), sets)
