"""Kinds of blocks: what is wired alike is one kind, and every block of several layers is in one."""

from __future__ import annotations

import pytest

from archcalc import build
from archcalc.output.drawing import block_kinds, draw
from archcalc.output.drawing.words import is_pointwise
from tests.output.drawing.drawn import NAMES, net_of


@pytest.mark.parametrize("name", NAMES)
def test_every_block_of_several_layers_is_of_one_kind(name: str) -> None:
    net = net_of(name)
    kinds = block_kinds(net)
    named = [block for kind in kinds for blocks in kind.blocks for block in blocks.split(",")]
    assert len(set(named)) == len(named)
    layers: dict[str, int] = {}
    for node in net.graph.nodes:
        layers[node.block] = layers.get(node.block, 0) + (not is_pointwise(node))
    assert {block for block, number in layers.items() if number > 1} <= set(named)
    # what each kind is drawn by is a block that can be drawn
    for kind in kinds:
        assert kind.block == kind.blocks[0]
        assert len(draw(net, block=kind.block).diagram.boxes) > 3


def test_the_inverted_residuals_of_v2() -> None:
    first, narrowing, residual = block_kinds(build("mobilenet_v2"))
    # t = 1 has no expansion; where stride or channels change there is no shortcut
    assert first.blocks == ("bottleneck_2.1",)
    assert "bottleneck_3.1" in narrowing.blocks
    assert "bottleneck_8.1" in narrowing.blocks
    assert len(narrowing.blocks) == 6
    assert len(residual.blocks) == 10
    for kind, shortcut in ((first, False), (narrowing, False), (residual, True)):
        drawing = draw(build("mobilenet_v2"), block=kind.block)
        assert any(link.kind == "shortcut" for link in drawing.diagram.links) == shortcut


def test_v1s_rows_are_separable_pairs() -> None:
    (pair,) = block_kinds(build("mobilenet_v1"))
    assert pair.block == "dwconv_2.1,conv_3.1"
    assert len(pair.blocks) == 13


@pytest.mark.parametrize("name", ["vgg16", "mobilenet_v1_conv", "yolov2"])
def test_plain_layers_are_no_blocks(name: str) -> None:
    assert block_kinds(build(name)) == ()


def test_googlenets_inceptions_are_one_kind() -> None:
    kinds = {kind.block: len(kind.blocks) for kind in block_kinds(build("googlenet"))}
    assert kinds["3a.1"] == 9
