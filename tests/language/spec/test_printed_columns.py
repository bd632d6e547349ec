"""Columns of further papers: sizes without channels, stages, layers, kernels in parentheses."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import SpecError, build
from archcalc.language.ops.conv import Conv
from archcalc.language.spec.columns import parse_operator, parse_printed_size
from archcalc.language.spec.spec import Spec
from tests.each import each

HEAD = "archcalc: 1\nname: one\ninput: 32x32x3\n"


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(SpecError) as caught:
        build(Spec(HEAD + text, "one.yaml"))
    return [
        (problem.line, f"{problem.cell}: {problem.expected}") for problem in caught.value.problems
    ]


@each(
    ("cell", "op", "keywords"),
    [
        ("MBConv6, k5x5", "MBConv6", {"kernel": "5x5"}),
        ("MBConv3 (k5x5), SE", "MBConv3", {"kernel": "5x5", "se": True}),
        ("MBConv6 (k3×3)", "MBConv6", {"kernel": "3×3"}),
        ("SepConv (k3x3)", "SepConv", {"kernel": "3x3"}),
        ("MB6 7x7", "MB6", {"kernel": "7x7"}),
        ("SE", "SE", {}),
        ("conv2d 1x1, NBN", "conv2d", {"kernel": "1x1", "bn": False}),
    ],
)
def test_operators(cell: str, op: str, keywords: dict[str, Any]) -> None:
    read = parse_operator(cell)
    assert (read.op, read.keywords) == (op, keywords)


@each(("name", "kernel"), [("Conv3x3", (3, 3)), ("conv 1x1", (1, 1)), ("CONV7x7", (7, 7))])
def test_a_convolution_with_its_kernel_in_its_name(name: str, kernel: tuple[int, int]) -> None:
    (node, *_) = build(Spec(HEAD + f"rows:\n- {{op: {name}, out: 8}}\n")).graph.nodes
    assert isinstance(node.op, Conv)
    assert node.op.kernel == kernel


@each(
    ("text", "size"),
    [("56x48", (56, 48)), ("56 × 48", (56, 48)), ("56x48x3", (3, 56, 48)), ("56²x3", (3, 56, 56))],
)
def test_sizes(text: str, size: tuple[int, ...]) -> None:
    assert parse_printed_size(text) == size


@each("value", ["56", "0x56", "56x99999999", 56, None, "56xx3", "a x b"])
def test_what_is_no_size(value: Any) -> None:
    with pytest.raises(ValueError, match=r"a size such as|sides from 1"):
        parse_printed_size(value)


STAGES = (
    'columns: [stage, operator, resolution, "#channels", "#layers"]\nrows:\n'
    "- [1, Conv3x3, 32x32, 8, 1, {s: 2}]\n"
)


def test_stages_name_rows_and_layers_repeat_them() -> None:
    net = build(Spec(HEAD + STAGES + "- [2.a, Conv3x3, 16x16, 16, 3, {s: 2}]\n"))
    assert [node.row_id for node in net.graph.nodes] == ["1", "2.a", "2.a", "2.a"]
    # the resolution is that of a stage's input; its first copy has the stride
    assert [net.shapes[node.id] for node in net.graph.nodes] == [(8, 16, 16), *[(16, 8, 8)] * 3]


@pytest.mark.parametrize("copies", [1, 3])
def test_a_wrong_resolution_is_reported_once(copies: int) -> None:
    """The row after it fits the printed size: that is the same error."""
    text = STAGES + f"- [2, Conv3x3, 8x8, 16, {copies}]\n- [3, Conv3x3, 8x8, 16, 1]\n"
    assert problems(text) == [(7, "resolution '8x8': inferred 16x16x8")]


def test_outputs_without_channels() -> None:
    rows = "columns: [operator, output]\nrows:\n- [Conv3x3, 16x16, {out: 8, s: 2}]\n"
    build(Spec(HEAD + rows))
    assert problems(rows.replace("16x16", "15x15")) == [(6, "output '15x15': inferred 16x16x8")]


def test_after_an_error_a_resolution_alone_is_not_checked() -> None:
    found = problems(STAGES + "- [2, Conv9d, 16x16, 8, 1]\n- [3, Conv3x3, 99x99, 8, 1]\n")
    assert [line for line, _ in found] == [7]


def test_a_row_has_one_id_and_one_count() -> None:
    found = problems(STAGES + "- [2, Conv3x3, 16x16, 8, 2, {id: x, n: 3}]\n")
    assert [(line, text.split(":")[0]) for line, text in found] == [(7, "id"), (7, "n")]
    built = build(Spec(HEAD + STAGES + "- [~, Conv3x3, 16x16, 8, ~, {id: x, n: 2}]\n"))
    assert [node.row_id for node in built.graph.nodes] == ["1", "x", "x"]


def test_a_bad_stage_is_reported_as_a_stage() -> None:
    ((line, text),) = problems(STAGES + "- [a b, Conv3x3, 16x16, 8, 1]\n")
    assert line == 7
    assert "expected 1 to 64 letters" in text
