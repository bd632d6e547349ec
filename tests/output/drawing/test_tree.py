"""The tree: every layer on one line, at 80 columns, with what it reads."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

import archcalc
from archcalc.output.drawing import draw
from tests.output.drawing.drawn import NAMES, blocks_of, net_of, single, whole


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_is_on_one_line(name: str) -> None:
    net, lines = net_of(name), whole(name).tree.lines()
    depths = [len(line.branch) for line in lines]
    ends = [*(after <= depth for depth, after in itertools.pairwise(depths)), True]
    leaves = [line for line, end in zip(lines, ends, strict=True) if end]
    expected = Counter(node.id for node in net.graph.nodes)
    assert Counter(layer for line in leaves for layer in line.layers) == expected
    tops = [line for line, depth in zip(lines, depths, strict=True) if depth == 3]
    assert Counter(layer for line in tops for layer in line.layers) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_block_has_all_its_layers(name: str) -> None:
    for block in blocks_of(name):
        lines = single(name, block).tree.lines()
        found = Counter(layer for line in lines for layer in line.layers)
        assert found == Counter(n.id for n in net_of(name).graph.nodes if n.block == block)


@pytest.mark.parametrize("name", NAMES)
def test_branches_join_up(name: str) -> None:
    """Below ├ and │ a line goes on, and below └ and blank none does."""
    branches = [line.branch for line in whole(name).tree.lines()]
    for above, below in zip(branches, [*branches[1:], ""], strict=True):
        for at, sign in enumerate(above):
            follows = below[at] if at < len(below) else " "
            if sign in "├│":
                assert follows in "├│└"
            elif sign == "└":
                assert follows == " "
    assert branches[-1].lstrip(" ").startswith("└")


def test_a_shortcut_is_named() -> None:
    text = str(single("mobilenet_v2", "bottleneck_3.2").tree)
    assert text.splitlines()[0].startswith("mobilenet_v2 · bottleneck_3.2 · ")
    assert "└─ add" in text
    assert "add ← input, project" in text


def test_equal_copies_share_a_line() -> None:
    text = str(whole("mobilenet_v2").tree)
    assert "bottleneck_5.2 to .4" in text
    assert "├─ bottleneck_5 ×4" in text
    line = next(one for one in whole("mobilenet_v2").tree.lines() if one.name.endswith("to .4"))
    assert len({layer.rpartition(".")[0] for layer in line.layers}) > 1


def test_inputs_other_than_the_line_above_are_named() -> None:
    lines = {line.name: line.what for line in whole("wired").tree.lines()}
    assert lines["c2"] == "cell ← right, c1"
    assert lines["gap"] == "global avg pool ← c3"
    assert lines["heads"] == "concat ← head1, head2, head3"
    assert "←" not in lines["stem"]


def test_a_repeated_group_is_a_branch() -> None:
    lines = whole("mobilenet_v1").tree.lines()
    group = next(line for line in lines if line.name == "×5")
    at = lines.index(group)
    assert [line.name for line in lines[at + 1 : at + 3]] == ["dwconv_14", "conv_15"]
    assert set(group.layers) == {n for line in lines[at + 1 : at + 3] for n in line.layers}


def test_sums_of_the_head_line() -> None:
    assert "301M MAdds, 3.50M parameters" in str(whole("mobilenet_v2").tree)
    table = archcalc.count(net_of("mobilenet_v2")).by("block")
    exact = archcalc.base.units.format_count(table.madds("bottleneck_3.2"))
    assert exact in str(draw(net_of("mobilenet_v2"), block="bottleneck_3.2").tree)
