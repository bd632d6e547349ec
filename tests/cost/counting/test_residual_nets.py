"""ResNet, SENet, DenseNet and ShuffleNet against a second count, written from papers and code.

The walks follow the authors' models: SE-ResNet-50.prototxt (stride on the first 1x1, biases in
squeeze-and-excite), densenet.lua, ShuffleNet-Series; every layer must be equal as integers.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from archcalc import ShapeError, SpecError, build, count, load
from tests.cost.counting.walk import Cut, Walk, assert_same, cut_by, uncut
from tests.each import each

PLAIN = [((3, 64), (3, 64)), ((3, 128), (3, 128)), ((3, 256), (3, 256)), ((3, 512), (3, 512))]
BOTTLENECKS = [((1, c), (3, c), (1, 4 * c)) for c in (64, 128, 256, 512)]


def gated(net: Walk) -> None:
    """Squeeze-and-excite, r = 16: two 1x1 convolutions with biases on the pooled channels."""
    side, wide, net.side = net.side, net.channels, 1
    net.conv(1, max(wide // 16, 1), norm=False)
    net.conv(1, wide, norm=False)
    net.side = side


def resnet(stages, copies, side: int, cut: Cut, *, strided: int = 0, se: bool = False) -> Walk:
    net = Walk(side)
    net.conv(7, cut(64), 2)
    net.side = -(-net.side // 2)
    for stage, (block, times) in enumerate(zip(stages, copies, strict=True)):
        for copy in range(times):
            stride = 2 if stage and copy == 0 else 1
            entry = net.channels, net.side
            printed = block[-1][1]
            for index, (kernel, out) in enumerate(block):
                net.conv(kernel, cut(out), stride if index == strided else 1)
            if se:
                gated(net)
            if copy == 0 and (stage or printed != 64):
                net.channels, net.side = entry
                net.conv(1, cut(printed), stride)
    net.side = 1
    net.linear(1000)
    return net


def resnet18(side: int, cut: Cut) -> Walk:
    return resnet(PLAIN, (2, 2, 2, 2), side, cut)


def resnet50(side: int, cut: Cut, **how) -> Walk:
    return resnet(BOTTLENECKS, (3, 4, 6, 3), side, cut, **how)


def se_resnet50(side: int, cut: Cut) -> Walk:
    return resnet50(side, cut, se=True)


def densenet121(side: int, cut: Cut) -> Walk:
    net = Walk(side)

    def preactivated(kernel: int, out: int) -> None:
        before = net.channels
        net.conv(kernel, out)
        net.norms += 2 * (before - out)  # the norm stands before the convolution

    net.conv(7, cut(64), 2)
    net.side, printed = -(-net.side // 2), 64
    for block, layers in enumerate((6, 12, 24, 16)):
        for _ in range(layers):
            before = net.channels
            preactivated(1, cut(4 * 32))
            preactivated(3, cut(32))
            net.channels += before
        printed += 32 * layers
        if block < 3:
            printed //= 2
            preactivated(1, cut(printed))
            net.side //= 2
    net.norms += 2 * net.channels
    net.side = 1
    net.linear(1000)
    return net


def shufflenet(first: int, outs, side: int, cut: Cut) -> Walk:
    net, printed = Walk(side), first
    net.conv(3, cut(first), 2)
    net.side = -(-net.side // 2)
    for stage, out in enumerate(outs):
        for copy in range((4, 8, 4)[stage]):
            entry = net.channels
            net.conv(1, cut(out // 4), groups=1 if stage == copy == 0 else 3)
            net.depthwise(3, 2 if copy == 0 else 1)
            made = entry
            if copy == 0:
                made, printed = cut(out - printed), out
            net.conv(1, made, groups=3)
            net.channels = entry + made if copy == 0 else made
    net.side = 1
    net.linear(1000)
    return net


def shufflenet_1_5(side: int, cut: Cut) -> Walk:
    return shufflenet(24, (360, 720, 1440), side, cut)


def shufflenet_2_0(side: int, cut: Cut) -> Walk:
    return shufflenet(48, (480, 960, 1920), side, cut)


DENSE = {walk.__name__: walk for walk in (resnet18, resnet50, se_resnet50, densenet121)}
GROUPED = {walk.__name__: walk for walk in (shufflenet_1_5, shufflenet_2_0)}


def cut_in_thirds(ratio: str) -> Cut:
    """Keep the nearest multiple of 24 (of 8, and divisible by 3 groups); at least 24, at most C."""

    def cut(channels: int) -> int:
        left = channels * (1 - Fraction(ratio))
        return min(channels, max(24, int((left + 12) // 24) * 24))

    return cut


@each("side", [97, 160, 224, 320])
@each("name", [*DENSE, *GROUPED])
def test_layer_by_layer(name, side):
    assert_same(name, {**DENSE, **GROUPED}[name](side, uncut), resolution=side)


@each("prune", ["0.29", "0.5", "0.9"])
@each("name", [*DENSE, *GROUPED])
def test_pruned_uniformly(name, prune):
    by = cut_in_thirds if name in GROUPED else cut_by
    assert_same(name, {**DENSE, **GROUPED}[name](224, by(prune)), prune=prune)


@pytest.mark.parametrize("name", ["resnet50", "se_resnet50"])
def test_the_stride_on_the_3x3_is_a_keyword(name):
    table = count(build(load(name).with_params(stride_on="3x3")))
    walk = resnet50(224, uncut, strided=1, se=name.startswith("se"))
    assert (table.madds, table.params) == (walk.madds, walk.params)


def test_the_printed_flops_fit_the_stride_on_the_first_layer_alone():
    """3.8 (He et al.) and 3.86 (Hu et al.): with the stride on the 3x3 it is 4.1."""
    first, wide = (resnet50(224, uncut, strided=s).madds for s in (0, 1))
    assert 3.8e9 <= first < 3.9e9
    assert round(first / 1e7) == 386
    assert wide > 4.0e9


def test_squeezed_widths_are_those_that_the_table_prints():
    shapes = build("se_resnet50").shapes
    printed = {"conv2_x": 16, "conv3_x": 32, "conv4_x": 64, "conv5_x": 128}
    for row, width in printed.items():
        assert shapes[f"{row}.1.se.squeeze"][0] == width
        assert shapes[f"{row}.1.se.excite"][0] == 16 * width


def test_without_squeeze_and_excite_it_is_resnet50():
    from archcalc.language.transforms import transform

    plain, off = build("resnet50"), build(transform(load("se_resnet50"), "se=off"))
    assert [(n.id, n.op) for n in plain.graph.nodes] == [(n.id, n.op) for n in off.graph.nodes]
    assert plain.shapes == off.shapes


SPEC = """\
archcalc: 1
name: small
input: 8x8x4
defaults: {{conv: {{bn: true, act: relu}}, residual: {{act: relu}}, dense_layer: {{act: relu}}}}
columns: [building_block, s]
rows:
- {row}
"""


def messages(row: str) -> str:
    from archcalc import Spec

    with pytest.raises((SpecError, ShapeError)) as caught:
        build(Spec(SPEC.format(row=row), "small.yaml"))
    return str(caught.value)


@each(
    ("row", "expected"),
    [
        ('["[3x3; 3x3]", 1]', "a kernel and channels of each layer"),
        ('["[3x3, 4; max pool, 3x3]", 1]', "convolutions in brackets"),
        ('["3x3, 4, stride 2", 2]', "given twice"),
        ('["3x3, 4, 8", 1]', "one out, not two"),
        ('["16", 1]', "a layer such as"),
        ('["[1x1, 4; 1x1, 4]", 2, {stride_on: 3x3}]', "no 3x3 convolution"),
        ('["[3x3, 4]", 1, {se: {ratio: 2}}]', "at most 1"),
        ("{op: transition, compression: 0, act: relu}", "above 0"),
        ("{op: transition, compression: 0.1, act: relu}", "nothing is left of 4 channels"),
        ("{op: shuffle_unit, out: 8, groups: 1, act: relu}", "the input's 4 channels"),
        ("{op: shuffle_unit, out: 4, s: 2, groups: 1, act: relu}", "more than the input's 4"),
        ("{op: shuffle_unit, out: 10, s: 2, groups: 1, act: relu}", "a multiple of 4"),
        ("{op: shuffle_unit, out: 8, s: 2, groups: 3, act: relu}", "into 3 groups"),
        ("{op: relu, output: 9x9}", "inferred 8x8x4"),
        ("{op: relu, output: 9x}", "a size such as"),
    ],
)
def test_what_a_row_cannot_say(row, expected):
    text = messages(row)
    assert expected in text
    assert text.startswith("small.yaml:7: ")
    assert "\n" not in text


@each("cell", ["[16]", "[32, 16]", "[1, 3]", "16, 256"])
def test_outputs_of_squeeze_and_excite(cell):
    from archcalc.language.spec.columns import COLUMNS

    with pytest.raises(ValueError, match=r"\[16, 256\], a ratio of four decimals"):
        COLUMNS["fc"](cell)


def test_the_two_nets_differ_only_in_squeeze_and_excite():
    from archcalc import diff

    plain, gated_ = count(build("resnet50")), count(build("se_resnet50"))
    result = diff(plain, gated_)
    pairs = result.pairs
    assert all(pair.a and pair.b and pair.a[0].node.block == pair.b[0].node.block for pair in pairs)
    changed = [pair.a[0].node.row_id for pair in pairs if pair.status == "changed"]
    assert changed == ["conv2_x"] * 3 + ["conv3_x"] * 4 + ["conv4_x"] * 6 + ["conv5_x"] * 3
    for pair in pairs:
        added = {layer.node.id for layer in pair.b} - {layer.node.id for layer in pair.a}
        assert all(".se." in name for name in added)
        assert {layer.node.id for layer in pair.a} <= {layer.node.id for layer in pair.b}
    (note,) = result.notes()
    assert note.startswith("16 blocks: + conv 1x1 x 2, ")
    assert "- " not in note
    assert diff(plain, plain).notes() == []
    (back,) = diff(gated_, plain).notes()
    assert back.replace("- ", "+ ") == note
