"""Counts of the nets of inverted residuals against a second count, from the authors' code.

Block strings are those of the released code: kernel, stride, expansion, output, copies, and
whether a squeeze takes a quarter of what the block reads.
"""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from archcalc import load, transform
from tests.cost.counting.walk import Cut, Walk, assert_same, cut_by, divisible, uncut
from tests.each import each

# tensorflow/tpu, mnasnet_models.py and efficientnet_builder.py: (stem, rows)
MNASNET_A1 = (32, [
    "k3_s1_e1_o16_r1", "k3_s2_e6_o24_r2", "k5_s2_e3_o40_r3_se", "k3_s2_e6_o80_r4",
    "k3_s1_e6_o112_r2_se", "k5_s2_e6_o160_r3_se", "k3_s1_e6_o320_r1",
])  # fmt: skip
MNASNET_SMALL = (8, [
    "k3_s1_e1_o8_r1", "k3_s2_e3_o16_r1", "k3_s2_e6_o16_r2", "k5_s2_e6_o32_r4_se",
    "k3_s1_e6_o32_r3_se", "k5_s2_e6_o88_r3_se", "k3_s1_e6_o144_r1",
])  # fmt: skip
EFFICIENTNET_B0 = (32, [
    "k3_s1_e1_o16_r1_se", "k3_s2_e6_o24_r2_se", "k5_s2_e6_o40_r2_se", "k3_s2_e6_o80_r3_se",
    "k5_s1_e6_o112_r3_se", "k5_s2_e6_o192_r4_se", "k3_s1_e6_o320_r1_se",
])  # fmt: skip
TABLES = {
    "efficientnet_b0": EFFICIENTNET_B0, "mnasnet_a1": MNASNET_A1, "mnasnet_small": MNASNET_SMALL
}  # fmt: skip
# proxyless_mobile.config; blocks that the search emptied are left out
PROXYLESS = (32, [
    "k3_s1_e1_o16_r1", "k5_s2_e3_o32_r1", "k3_s1_e3_o32_r1", "k7_s2_e3_o40_r1", "k3_s1_e3_o40_r1",
    "k5_s1_e3_o40_r2", "k7_s2_e6_o80_r1", "k5_s1_e3_o80_r3", "k5_s1_e6_o96_r1", "k5_s1_e3_o96_r3",
    "k7_s2_e6_o192_r1", "k7_s1_e6_o192_r1", "k7_s1_e3_o192_r2", "k7_s1_e6_o320_r1",
])  # fmt: skip
# research/slim, mobilenet_v3.py, V3_*_MINIMALISTIC: (rows: expansion, output, stride; last; head)
MINIMAL_LARGE = ([
    (16, 16, 1), (64, 24, 2), (72, 24, 1), (72, 40, 2), (120, 40, 1), (120, 40, 1), (240, 80, 2),
    (200, 80, 1), (184, 80, 1), (184, 80, 1), (480, 112, 1), (672, 112, 1), (672, 160, 2),
    (960, 160, 1), (960, 160, 1),
], 960, 1280)  # fmt: skip
MINIMAL_SMALL = ([
    (16, 16, 2), (72, 24, 2), (88, 24, 1), (96, 40, 2), (240, 40, 1), (240, 40, 1), (120, 48, 1),
    (144, 48, 1), (288, 96, 2), (576, 96, 1), (576, 96, 1),
], 576, 1024)  # fmt: skip
# official/vision, MNV4ConvSmall_BLOCK_SPECS: start and middle kernel, stride, output, expansion
V4_UIBS = [
    (5, 5, 2, 96, 3), *[(0, 3, 1, 96, 2)] * 4, (3, 0, 1, 96, 4), (3, 3, 2, 128, 6),
    (5, 5, 1, 128, 4), (0, 5, 1, 128, 4), (0, 5, 1, 128, 3), *[(0, 3, 1, 128, 4)] * 2,
]  # fmt: skip


def excite(net: Walk, squeezed: int) -> None:
    """Both layers of squeeze-and-excite see the means of the channels."""
    side, wide = net.side, net.channels
    net.side = 1
    net.conv(1, squeezed, norm=False)
    net.conv(1, wide, norm=False)
    net.side = side


def mbconv(table, width: Fraction, side: int, cut: Cut, *, head_scales: bool) -> Walk:
    """Nets of MBConv rows; expansions are whole multiples of a block's input before pruning."""
    stem, rows = table
    net = Walk(side)
    scaled = divisible(stem * width)
    net.conv(3, cut(scaled), 2)
    for row in rows:
        words = row.split("_")
        squeezes = words[-1] == "se"
        kernel, stride, factor, out, copies = (int(word[1:]) for word in words[:5])
        for copy in range(copies):
            read = net.channels
            if factor > 1:
                net.conv(1, cut(factor * scaled))
            net.depthwise(kernel, stride if copy == 0 else 1)
            if squeezes:
                excite(net, max(1, int(read * 0.25)))
            scaled = divisible(out * width)
            net.conv(1, cut(scaled))
    net.conv(1, cut(divisible(1280 * width) if head_scales else 1280))
    net.side = 1
    net.linear(1000)
    return net


def mnasnet_a1(width: Fraction, side: int, cut: Cut) -> Walk:
    return mbconv(MNASNET_A1, width, side, cut, head_scales=False)


def mnasnet_small(width: Fraction, side: int, cut: Cut) -> Walk:
    return mbconv(MNASNET_SMALL, width, side, cut, head_scales=False)


def efficientnet_b0(width: Fraction, side: int, cut: Cut) -> Walk:
    return mbconv(EFFICIENTNET_B0, width, side, cut, head_scales=True)


def proxylessnas_mobile(side: int, cut: Cut) -> Walk:
    return mbconv(PROXYLESS, Fraction(1), side, cut, head_scales=False)


def minimalistic(table, width: Fraction, side: int, cut: Cut) -> Walk:
    """MobileNet V3 minimalistic: an expansion keeps its ratio to the block's rounded input."""
    rows, last, head = table
    net = Walk(side)
    printed, scaled = 16, divisible(16 * width)
    net.conv(3, cut(scaled), 2)
    for expansion, out, stride in rows:
        if expansion != printed:
            net.conv(1, cut(divisible(Fraction(expansion, printed) * scaled)))
        net.depthwise(3, stride)
        printed, scaled = out, divisible(out * width)
        net.conv(1, cut(scaled))
    net.conv(1, cut(divisible(last * width)))
    net.side = 1
    net.conv(1, cut(divisible(head * max(width, 1))), norm=False)
    net.conv(1, 1000, norm=False)
    return net


def mobilenet_v3_large_minimalistic(width: Fraction, side: int, cut: Cut) -> Walk:
    return minimalistic(MINIMAL_LARGE, width, side, cut)


def mobilenet_v3_small_minimalistic(width: Fraction, side: int, cut: Cut) -> Walk:
    return minimalistic(MINIMAL_SMALL, width, side, cut)


def mobilenet_v4_conv_small(width: Fraction, side: int, cut: Cut) -> Walk:
    """MobileNet V4-Conv-S: in a uib the middle depthwise has the stride, and all have norms."""
    net = Walk(side)
    for kernel, stride, out in [(3, 2, 32), (3, 2, 32), (1, 1, 32), (3, 2, 96), (1, 1, 64)]:
        scaled = divisible(out * width)
        net.conv(kernel, cut(scaled), stride)
    for start, middle, stride, out, factor in V4_UIBS:
        if start:
            net.depthwise(start)
        net.conv(1, cut(divisible(factor * scaled)))
        if middle:
            net.depthwise(middle, stride)
        scaled = divisible(out * width)
        net.conv(1, cut(scaled))
    net.conv(1, cut(divisible(960 * width)))
    net.side = 1
    net.conv(1, cut(divisible(1280 * max(width, 1))))
    net.conv(1, 1000, norm=False)
    return net


SCALED = {
    walk.__name__: walk
    for walk in (
        efficientnet_b0, mnasnet_a1, mnasnet_small, mobilenet_v3_large_minimalistic,
        mobilenet_v3_small_minimalistic, mobilenet_v4_conv_small,
    )
}  # fmt: skip


@each("width", ["0.35", "0.5", "0.75", "1", "1.1", "1.4"])
@each("name", SCALED)
def test_widths_and_resolutions(name, width):
    for side in (96, 160, 224, 240):
        walk = SCALED[name](Fraction(width), side, uncut)
        assert_same(name, walk, width=width, resolution=side)


@each("prune", [None, "0.3", "0.5"])
@each("side", [96, 161, 224])
def test_a_net_without_a_width_multiplier(side, prune):
    walk = proxylessnas_mobile(side, cut_by(prune) if prune else uncut)
    assert_same("proxylessnas_mobile", walk, resolution=side, prune=prune)


@each("factor", [2, 6])
@each("name", ["efficientnet_b0", "mnasnet_a1", "mnasnet_small"])
def test_an_expansion_in_a_name_can_be_another(name, factor):
    """``t`` of MBConv3 and MBConv6 follows the transform; MBConv1 and SepConv do not expand."""
    stem, rows = TABLES[name]
    other = [re.sub("_e[36]_", f"_e{factor}_", row) for row in rows]
    walk = mbconv((stem, other), Fraction(1), 224, uncut, head_scales=False)
    assert_same(transform(load(name), {"t": factor}), walk)


@settings(deadline=None, max_examples=60)
@given(
    name=st.sampled_from(sorted(SCALED)),
    width=st.integers(500, 20_000).map(lambda k: f"{k / 10_000:.4f}"),
    side=st.integers(32, 320),
    prune=st.none() | st.integers(1, 9_999).map(lambda k: f"{k / 10_000:.4f}"),
)
@example(name="efficientnet_b0", width="1.1000", side=240, prune="0.3000")
def test_any_width_resolution_and_pruning(name, width, side, prune):
    walk = SCALED[name](Fraction(width), side, cut_by(prune) if prune else uncut)
    assert_same(name, walk, width=width, resolution=side, prune=prune)
