"""Counts of the zoo against a second count, written from the papers and sharing no rule with it.

`Walk` steps through a net as its authors' code builds it and notes each convolution and fully
connected layer. Totals and every layer must be equal as integers, at any width, size and pruning.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cost.counting.walk import Cut, Walk, assert_same, cut_by, divisible, uncut
from tests.each import each

# -- the nets, as the papers define them

V1_PAIRS = [
    (1, 64), (2, 128), (1, 128), (2, 256), (1, 256), (2, 512), *[(1, 512)] * 5, (2, 1024), (1, 1024)
]  # fmt: skip
V2_ROWS = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
]  # fmt: skip
# kernel, expansion, output, squeeze-and-excite, stride
V3_LARGE = [
    (3, 16, 16, 0, 1), (3, 64, 24, 0, 2), (3, 72, 24, 0, 1), (5, 72, 40, 1, 2), (5, 120, 40, 1, 1),
    (5, 120, 40, 1, 1), (3, 240, 80, 0, 2), (3, 200, 80, 0, 1), (3, 184, 80, 0, 1),
    (3, 184, 80, 0, 1), (3, 480, 112, 1, 1), (3, 672, 112, 1, 1), (5, 672, 160, 1, 2),
    (5, 960, 160, 1, 1), (5, 960, 160, 1, 1),
]  # fmt: skip
V3_SMALL = [
    (3, 16, 16, 1, 2), (3, 72, 24, 0, 2), (3, 88, 24, 0, 1), (5, 96, 40, 1, 2), (5, 240, 40, 1, 1),
    (5, 240, 40, 1, 1), (5, 120, 48, 1, 1), (5, 144, 48, 1, 1), (5, 288, 96, 1, 2),
    (5, 576, 96, 1, 1), (5, 576, 96, 1, 1),
]  # fmt: skip
VGG_D = [64, 64, "pool", 128, 128, "pool", *[256] * 3, "pool", *[512] * 3, "pool", *[512] * 3]
INCEPTIONS = [
    (64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64), "pool", (192, 96, 208, 16, 48, 64),
    (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64), (112, 144, 288, 32, 64, 64),
    (256, 160, 320, 32, 128, 128), "pool", (256, 160, 320, 32, 128, 128),
    (384, 192, 384, 48, 128, 128),
]  # fmt: skip


def mobilenet_v1(width: Fraction, side: int, cut: Cut, *, full: bool = False) -> Walk:
    """MobileNet V1; ``full``: one 3x3 convolution in place of each separable pair."""

    def depth(channels: int) -> int:
        return cut(max(int(channels * width), 8))

    net = Walk(side)
    net.conv(3, depth(32), 2)
    for stride, out in V1_PAIRS:
        if full:
            net.conv(3, depth(out), stride)
        else:
            net.depthwise(3, stride)
            net.conv(1, depth(out))
    net.side = 1
    net.linear(1000)
    return net


def mobilenet_v1_conv(width: Fraction, side: int, cut: Cut) -> Walk:
    return mobilenet_v1(width, side, cut, full=True)


def mobilenet_v2(width: Fraction, side: int, cut: Cut) -> Walk:
    net = Walk(side)
    scaled = divisible(32 * width)  # before pruning, which follows the width multiplier
    net.conv(3, cut(scaled), 2)
    for factor, channels, copies, first_stride in V2_ROWS:
        for copy in range(copies):
            if factor != 1:
                net.conv(1, cut(factor * scaled))
            net.depthwise(3, first_stride if copy == 0 else 1)
            scaled = divisible(channels * width)
            net.conv(1, cut(scaled))
    net.conv(1, cut(divisible(1280 * max(width, 1))))
    net.side = 1
    net.conv(1, 1000, norm=False)
    return net


def mobilenet_v3(table, width: Fraction, side: int, cut: Cut) -> Walk:
    """MobileNet V3: an expansion keeps its printed ratio to the block's rounded input."""
    rows, last, head = table
    net = Walk(side)
    printed, scaled = 16, divisible(16 * width)
    net.conv(3, cut(scaled), 2)
    for kernel, expansion, out, squeeze, stride in rows:
        if expansion != printed:
            net.conv(1, cut(divisible(Fraction(expansion, printed) * scaled)))
        net.depthwise(kernel, stride)
        if squeeze:
            side, wide = net.side, net.channels
            net.side = 1  # both layers see the means of the channels
            net.conv(1, divisible(Fraction(wide, 4)), norm=False)
            net.conv(1, wide, norm=False)
            net.side = side
        printed, scaled = out, divisible(out * width)
        net.conv(1, cut(scaled))
    net.conv(1, cut(divisible(last * width)))
    net.side = 1
    net.conv(1, cut(divisible(head * max(width, 1))), norm=False)
    net.conv(1, 1000, norm=False)
    return net


def mobilenet_v3_large(width: Fraction, side: int, cut: Cut) -> Walk:
    return mobilenet_v3((V3_LARGE, 960, 1280), width, side, cut)


def mobilenet_v3_small(width: Fraction, side: int, cut: Cut) -> Walk:
    return mobilenet_v3((V3_SMALL, 576, 1024), width, side, cut)


def vgg16(side: int, cut: Cut) -> Walk:
    net = Walk(side)
    for out in [*VGG_D, "pool"]:
        if out == "pool":
            net.side //= 2
        else:
            net.conv(3, cut(out), norm=False)
    for out in (cut(4096), cut(4096), 1000):
        net.linear(out)
    return net


def googlenet(side: int, cut: Cut) -> Walk:
    net = Walk(side)
    net.conv(7, cut(64), 2, norm=False)
    net.side = -(-net.side // 2)
    net.conv(1, cut(64), norm=False)
    net.conv(3, cut(192), norm=False)
    net.side = -(-net.side // 2)
    for row in INCEPTIONS:
        if row == "pool":
            net.side = -(-net.side // 2)
            continue
        entry, parts = net.channels, []
        one, three_in, three, five_in, five, pooled = map(cut, row)
        for branch in ([(1, one)], [(1, three_in), (3, three)], [(1, five_in), (5, five)],
                       [(1, pooled)]):  # fmt: skip
            net.channels = entry
            for kernel, out in branch:
                net.conv(kernel, out, norm=False)
            parts.append(net.channels)
        net.channels = sum(parts)
    net.side = 1
    net.linear(1000)
    return net


MOBILENETS = {
    walk.__name__: walk
    for walk in (
        mobilenet_v1, mobilenet_v1_conv, mobilenet_v2, mobilenet_v3_large, mobilenet_v3_small
    )
}  # fmt: skip
OTHERS = {walk.__name__: walk for walk in (vgg16, googlenet)}


@each("width", ["0.25", "0.35", "0.5", "0.75", "0.85", "1", "1.3", "1.4"])
@each("name", MOBILENETS)
def test_published_widths_and_resolutions(name, width):
    for side in (96, 128, 160, 192, 224, 256):
        walk = MOBILENETS[name](Fraction(width), side, uncut)
        assert_same(name, walk, width=width, resolution=side)


@each("side", [96, 128, 160, 192, 224, 256])
@each("name", OTHERS)
def test_nets_without_a_width_multiplier(name, side):
    assert_same(name, OTHERS[name](side, uncut), resolution=side)


@each("prune", ["0.25", "0.3", "0.5", "0.75"])
@each("name", [*MOBILENETS, *OTHERS])
def test_pruned_uniformly(name, prune):
    if name in OTHERS:
        assert_same(name, OTHERS[name](224, cut_by(prune)), prune=prune)
    for width in ("0.5", "1", "1.4") if name in MOBILENETS else ():
        walk = MOBILENETS[name](Fraction(width), 160, cut_by(prune))
        assert_same(name, walk, width=width, resolution=160, prune=prune)


# exact decimals of four places: floats would lose 0.29 · 100
decimals = st.integers(500, 20_000).map(lambda k: f"{k / 10_000:.4f}")


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(MOBILENETS)),
    width=decimals,
    side=st.integers(32, 320),
    prune=st.none() | st.integers(1, 9_999).map(lambda k: f"{k / 10_000:.4f}"),
)
@example(name="mobilenet_v1", width="0.2900", side=225, prune=None)
@example(name="mobilenet_v2", width="1.4000", side=97, prune="0.2900")
def test_any_width_resolution_and_pruning(name, width, side, prune):
    walk = MOBILENETS[name](Fraction(width), side, cut_by(prune) if prune else uncut)
    assert_same(name, walk, width=width, resolution=side, prune=prune)


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(OTHERS)),
    side=st.integers(32, 320),
    prune=st.none() | st.integers(1, 9_999).map(lambda k: f"{k / 10_000:.4f}"),
)
def test_any_resolution_and_pruning_without_a_width_multiplier(name, side, prune):
    assert_same(
        name,
        OTHERS[name](side, cut_by(prune) if prune else uncut),
        resolution=side,
        prune=prune,
    )
