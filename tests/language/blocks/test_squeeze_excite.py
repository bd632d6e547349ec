"""Squeezes that are a share of what a block reads: MnasNet's and EfficientNet's."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc import SpecError, build, load
from archcalc.language.graph.groups import squeeze_width
from archcalc.language.spec.spec import Spec
from tests.each import each

HEAD = "archcalc: 1\nname: one\ninput: 8x8x24\ndefaults: {MBConv: {act: relu}}\nrows:\n"
OF_INPUT = "{ratio: 0.25, of: input}"


def squeezed(row: str, head: str = HEAD, **variant: Any) -> int:
    net = build(Spec(head + f"- {{{row}}}\n"), **variant)
    (found,) = [net.shapes[name][0] for name in net.shapes if name.endswith(".se.squeeze")]
    return found


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (OF_INPUT, 6),
        ("{ratio: 0.25, of: gated}", 36),
        ("{ratio: 0.25}", 36),
        ("{ratio: 0.25, of: input, round: 8}", 8),
        ("{ratio: 0.01, of: input}", 1),
    ],
)
def test_what_a_ratio_is_of(settings: str, expected: int) -> None:
    assert squeezed(f"op: MBConv6, out: 16, se: {settings}") == expected
    assert squeezed(f"op: bneck 3x3, exp: 144, out: 16, act: relu, se: {settings}") == expected


@given(st.integers(1, 4096), st.sampled_from([500, 625, 1250, 2500, 3333, 10_000]))
def test_without_a_divisor_the_fraction_is_dropped(channels: int, ratio: int) -> None:
    assert squeeze_width(channels, ratio, 1) == max(1, int(channels * Fraction(ratio, 10_000)))


@each("name", ["efficientnet_b0", "mnasnet_a1", "mnasnet_small"])
@each("variant", [{}, {"width": 0.5}, {"width": 1.4, "prune": 0.3}])
def test_a_squeeze_follows_the_block_s_input(name: str, variant: dict[str, Any]) -> None:
    """Its rule reads the group that enters the block, whatever the width and the pruning."""
    net = build(load(name), **variant)
    entering: dict[str, int] = {}
    previous = ("", net.graph.reference[0])
    for node in net.graph.nodes:
        if node.block not in entering:
            entering[node.block] = previous[1]
        if node.id.endswith(".se.squeeze"):
            assert net.shapes[node.id][0] == max(1, entering[node.block] // 4)
        previous = (node.block, net.shapes[node.id][0])
    assert any(node.id.endswith(".se.squeeze") for node in net.graph.nodes)


@each("op", ["conv2d 1x1, out: 8", "dwconv 3x3", "SE"])
def test_only_a_block_that_expands_has_an_input_of_its_own(op: str) -> None:
    with pytest.raises(SpecError) as caught:
        build(Spec(HEAD + f"- {{op: {op}, se: {OF_INPUT}}}\n"))
    (problem,) = caught.value.problems
    assert problem.line == 6
    assert "se.of 'input': expected 'gated'" in problem.expected


def test_another_source_is_refused() -> None:
    with pytest.raises(SpecError, match="of: expected 'gated' or 'input'"):
        build(Spec(HEAD + "- {op: MBConv6, out: 8, se: {ratio: 0.25, of: output}}\n"))


TICKED = "archcalc: 1\nname: one\ninput: 8x8x24\ndefaults:\n  MBConv: {act: relu}\n"


def test_a_tick_takes_the_settings_of_squeeze_excite_where_the_block_has_none() -> None:
    head = TICKED + f"  SE: {{se: {OF_INPUT}}}\nrows:\n"
    assert squeezed("op: 'MBConv6 (k5x5), SE', out: 16", head) == 6
    nodes = build(Spec(head + "- {op: MBConv6 (k5x5), out: 16}\n")).graph.nodes
    assert not any(node.op.name == "multiply" for node in nodes)
    own = head.replace("act: relu", "act: relu, se: {ratio: 0.5}")
    assert squeezed("op: 'MBConv6, SE', out: 16", own) == 72
