"""Inception V2, SE-Inception and NASNet-A against second counts written from the released code.

Of NASNet it is nets/nasnet/nasnet_utils.py of TF-slim: cells as lists of operations on hidden
states, unlike the spec's cells, which are drawn as Figure 4 draws them.
"""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, Spec, build, count, load, to_torch, transform
from tests.cost.counting.walk import Cut, Layer, Walk, assert_same, cut_by, uncut
from tests.each import each

# 1x1, 3x3 reduce, 3x3, double reduce, double, projection; no 1x1: stride 2, the input passes
BN_INCEPTIONS = [
    (64, 64, 64, 64, 96, 32), (64, 64, 96, 64, 96, 64), (0, 128, 160, 64, 96, 0),
    (224, 64, 96, 96, 128, 128), (192, 96, 128, 96, 128, 128), (160, 128, 160, 128, 160, None),
    (96, 128, 192, 160, 192, None), (0, 128, 192, 192, 256, 0), (352, 192, 320, 160, 224, 128),
    (352, 192, 320, 192, 224, 128),
]  # fmt: skip


def inception(side: int, cut: Cut, *, separable: bool, projected: int, squeeze: bool) -> Walk:
    """BN-Inception; ``projected`` are the channels behind the pools of 4c and 4d."""
    net = inception_stem(side, cut, separable=separable)
    inception_modules(net, BN_INCEPTIONS, cut, projected=projected, squeeze=squeeze)
    net.side = 1
    net.linear(1000)
    return net


def inception_stem(side: int, cut: Cut, *, separable: bool) -> Walk:
    net = Walk(side)
    if separable:
        net.side = -(-side // 2)
        weights = 7 * 7 * 3 * 8
        net.layers.append(Layer(weights * net.side**2, weights, 0))
        net.channels = 24
        net.conv(1, cut(64))
    else:
        net.conv(7, cut(64), 2)
    net.side = -(-net.side // 2)
    net.conv(1, cut(64))
    net.conv(3, cut(192))
    net.side = -(-net.side // 2)
    return net


def inception_modules(net: Walk, rows, cut: Cut, *, projected: int, squeeze: bool = False) -> None:
    """Go through the modules of ``rows``; ``projected`` where a row has None."""
    for one, three_in, three, double_in, double, projection in rows:
        entry, size, stride = net.channels, net.side, 1 if one else 2
        branches = [[(1, one, 1)]] if one else []
        branches += [[(1, three_in, 1), (3, three, stride)]]
        branches += [[(1, double_in, 1), (3, double, 1), (3, double, stride)]]
        if one:
            branches += [[(1, projected if projection is None else projection, 1)]]
        made = 0 if one else entry
        for branch in branches:
            net.channels, net.side = entry, size
            for kernel, out, step in branch:
                net.conv(kernel, cut(out), step)
            made += net.channels
        net.side, net.channels = -(-size // stride), made
        if squeeze:
            after, net.side = net.side, 1
            net.conv(1, made // 16, norm=False)
            net.conv(1, made, norm=False)
            net.side = after


def inception_v2(side: int, cut: Cut) -> Walk:
    return inception(side, cut, separable=True, projected=96, squeeze=False)


def se_inception(side: int, cut: Cut) -> Walk:
    return inception(side, cut, separable=False, projected=128, squeeze=True)


NORMAL = (
    ["sep 5", "sep 3", "sep 5", "sep 3", "pool", "none", "pool", "pool", "sep 3", "none"],
    [0, 1, 1, 1, 0, 1, 1, 1, 0, 0],
    [1, 2, 3, 4, 5, 6],
)
REDUCTION = (
    ["sep 5", "sep 7", "pool", "sep 7", "pool", "sep 5", "none", "pool", "sep 3", "pool"],
    [0, 1, 0, 1, 0, 1, 3, 2, 2, 0],
    [3, 4, 5, 6],
)
"""Operations, the hidden states that they read in pairs, and the states that are concatenated."""


def nasnet_cell(net: Walk, cell, filters: int, current, previous, *, stride: int):
    """Note a cell's layers; states are (side, channels), and so is its output."""

    def conv(state, kernel, out, step=1, **options):
        net.side, net.channels = state
        net.conv(kernel, out, step, **options)
        return net.side, net.channels

    operations, reads, unused = cell
    states = [conv(current, 1, filters)]
    if previous is None:
        states.append(current)
    elif previous[0] != current[0]:
        half = (-(-previous[0] // 2), previous[1])
        for _ in range(2):
            conv(half, 1, filters // 2)
        states.append((half[0], filters))
    else:
        states.append(conv(previous, 1, filters) if previous[1] != filters else previous)
    for pair in range(5):
        results = []
        for index in (2 * pair, 2 * pair + 1):
            state, step = states[reads[index]], stride if reads[index] < 2 else 1
            name, _, kernel = operations[index].partition(" ")
            if name == "pool":
                state = (-(-state[0] // step), state[1])
            for repeat in range(2 if name == "sep" else 0):
                k, step = int(kernel), 1 if repeat else step
                state = conv(state, k, state[1], step, depthwise=True, norm=False)
                net.layers[-1] = net.layers[-1]._replace(biases=0)  # neither norm nor bias
                state = conv(state, 1, filters)
            results.append(state)
        assert results[0] == results[1]
        states.append(results[0])
    return states[2][0], sum(states[index][1] for index in unused)


def nasnet_a(side: int) -> Walk:
    """NASNet-A (4 @ 1056): num_conv_filters 44, num_cells 12, stem_multiplier 1."""
    net = Walk((side - 3) // 2 * 2 + 2)  # its halves are the sides of the valid convolution
    net.conv(3, 32, 2)
    outputs = [None, (net.side, net.channels)]
    for filters in (11, 22):
        outputs.append(nasnet_cell(net, REDUCTION, filters, outputs[-1], outputs[-2], stride=2))
    filters = 44
    for number in range(12):
        if number in (4, 8):
            filters *= 2
            outputs.append(nasnet_cell(net, REDUCTION, filters, outputs[-1], outputs[-2], stride=2))
        outputs.append(nasnet_cell(net, NORMAL, filters, outputs[-1], outputs[-2], stride=1))
    net.side, net.channels = 1, outputs[-1][1]
    net.linear(1000)
    return net


INCEPTIONS = {walk.__name__: walk for walk in (inception_v2, se_inception)}


@each("side", [97, 224, 300])
@each("name", INCEPTIONS)
def test_inceptions(name, side):
    assert_same(name, INCEPTIONS[name](side, uncut), resolution=side)


@pytest.mark.parametrize("name", INCEPTIONS)
def test_inceptions_pruned(name):
    assert_same(name, INCEPTIONS[name](128, cut_by("0.3")), resolution=128, prune="0.3")


def test_without_squeeze_and_excite_it_is_the_printed_table_with_a_plain_convolution():
    walk = inception(224, uncut, separable=False, projected=128, squeeze=False)
    table = count(build(transform(load("se_inception"), {"se": "off"})))
    assert (table.madds, table.params) == (walk.madds, walk.params)


@each("side", [96, 193, 224, 331])
def test_nasnet(side):
    assert_same("nasnet_a_mobile", nasnet_a(side), resolution=side)


def test_nasnet_adds_maps_of_one_width_when_pruned():
    table = count(build("nasnet_a_mobile", prune="0.3", resolution=96))
    net = table.net
    for node in net.graph.nodes:
        if node.op.name == "add":
            shapes = {net.shapes[source] for source in node.inputs}
            assert shapes == {net.shapes[node.id]}
    assert table.madds < count(build("nasnet_a_mobile", resolution=96)).madds


def test_a_cell_needs_a_map_of_its_size_or_of_twice_that():
    head = "archcalc: 1\nname: tiny\ninput: 32x32x3\nrows:\n- {id: a, op: conv2d 3x3, out: 8}\n"
    body = "- {id: b, op: conv2d 3x3, out: 8, s: 4}\n- {op: adjust, from: [a, b], out: 8}\n"
    with pytest.raises(ArchcalcError, match="a map of 32x32 halved is 16x16, not 8x8"):
        build(Spec(head + body))
    with pytest.raises(ArchcalcError, match="an even number of channels for two paths, not 7"):
        build(Spec(head + "- {op: factorized_reduction, out: 7}\n"))
    same = build(Spec(head + "- {id: b, op: relu}\n- {id: c, op: adjust, from: [a, b], out: 8}\n"))
    assert same.graph.outputs == ("a.1.conv",)


def test_factorized_reduction_reads_every_pixel_once():
    """With the identity for its convolutions it deals the pixels out, the odd ones shifted."""
    import torch

    rows = "rows:\n- {op: factorized_reduction, out: 2}\n"
    net = build(Spec("archcalc: 1\nname: tiny\ninput: 5x6x1\n" + rows))
    module = to_torch(net).eval()
    with torch.no_grad():
        for weight in module.parameters():
            weight.fill_(0 if weight.ndim == 1 else 1)
        for norm in module.modules():
            if isinstance(norm, torch.nn.BatchNorm2d):
                norm.weight.fill_(1)
                norm.eps = 0.0
        image = torch.arange(1.0, 31.0).reshape(1, 1, 5, 6)
        even, odd = module(image).reshape(2, 3, 3)
    assert torch.equal(even, image[0, 0, ::2, ::2])
    below = torch.zeros(1, 3)  # five rows: the third odd one lies outside
    assert torch.equal(odd, torch.cat([image[0, 0, 1::2, 1::2], below]))
