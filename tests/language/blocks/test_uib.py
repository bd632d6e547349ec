"""MobileNetV4's universal inverted bottleneck, against what the authors' code builds."""

from __future__ import annotations

import pytest

from archcalc import SpecError, build
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.norm import Norm
from archcalc.language.spec.spec import Spec
from tests.each import each

HEAD = "archcalc: 1\nname: one\ninput: 14x14x8\ndefaults: {uib: {act: relu}}\nrows:\n"


def layers(row: str) -> list[tuple[str, int, int, bool]]:
    """Return (label, stride, output channels, activated) of each convolution of one row."""
    net = build(Spec(HEAD + f"- {{{row}}}\n"))
    nodes = list(net.graph.nodes)
    found = []
    for node, norm, after in zip(nodes, nodes[1:], [*nodes[2:], None], strict=False):
        if isinstance(node.op, Conv):
            assert isinstance(norm.op, Norm)
            assert not node.op.bias
            activated = after is not None and isinstance(after.op, Activation)
            found.append((node.op.label, node.op.stride, net.shapes[node.id][0], activated))
    if any(node.op.name == "add" for node in nodes):
        found.append(("add", 1, 8, False))
    return found


EXPAND, PROJECT = ("conv 1x1", 1, 24, True), ("conv 1x1", 1, 16, False)


@each(
    ("row", "expected"),
    [
        # nn_blocks.UniversalInvertedBottleneckBlock: the middle depthwise has stride and activation
        (
            "op: ExtraDW, k1: 5x5, k2: 3x3, exp: 24, out: 16, s: 2",
            [("dwconv 5x5", 1, 8, False), EXPAND, ("dwconv 3x3", 2, 24, True), PROJECT],
        ),
        ("op: IB, k2: 5x5, exp: 24, out: 16, s: 2", [EXPAND, ("dwconv 5x5", 2, 24, True), PROJECT]),
        (
            "op: ConvNext, k1: 3x3, exp: 24, out: 16, s: 2",
            [("dwconv 3x3", 2, 8, False), EXPAND, PROJECT],
        ),
        ("op: FFN, exp: 24, out: 16", [EXPAND, PROJECT]),
        ("op: uib, exp: 24, out: 16", [EXPAND, PROJECT]),
        # an expansion by 1 stays a layer; equal channels have a shortcut
        (
            "op: IB, k2: 3x3, exp: 8, out: 8",
            [
                ("conv 1x1", 1, 8, True), ("dwconv 3x3", 1, 8, True), ("conv 1x1", 1, 8, False),
                ("add", 1, 8, False),
            ],
        ),
    ],
)  # fmt: skip
def test_its_layers(row: str, expected: list[tuple[str, int, int, bool]]) -> None:
    assert layers(row) == expected


@each(
    ("row", "message"),
    [
        ("op: ExtraDW, k2: 3x3", "expected a K1 (start) in ExtraDW"),
        ("op: IB", "expected a K2 (kernel) in IB"),
        ("op: ConvNext, k1: 3x3, k2: 3x3", "expected no K2 (kernel) in ConvNext"),
        ("op: FFN, k1: 3x3", "expected no K1 (start) in FFN"),
        ("op: FFN, s: 2", "the block has no depthwise convolution to apply it"),
    ],
)
def test_kernels_that_are_not_the_variants(row: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        build(Spec(HEAD + f"- {{{row}, exp: 24, out: 16}}\n", "one.yaml"))
    (problem,) = caught.value.problems
    assert problem.line == 6
    assert message in problem.expected
