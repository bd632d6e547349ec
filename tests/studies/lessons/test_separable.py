"""Standard against separable convolution: the operators' counts against the papers' formulas."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from archcalc.base.errors import ArchcalcError
from archcalc.studies.lessons import compare_separable, sweep_separable
from tests.each import each

SMALL = st.integers(1, 12)


@given(
    kernel=st.integers(1, 9),
    inputs=st.integers(1, 2000),
    outputs=st.integers(1, 2000),
    size=st.tuples(st.integers(9, 300), st.integers(9, 300)),
    stride=st.integers(1, 4),
    pad=st.sampled_from(["same", "valid", "same_upper", 0, 1, 3]),
)
def test_both_ratios_are_the_closed_form_exactly(
    *, kernel: int, inputs: int, outputs: int, size: tuple[int, int], stride: int, pad: str | int
) -> None:
    one = compare_separable(kernel, inputs, outputs, size, stride=stride, pad=pad)  # type: ignore[arg-type]
    closed = Fraction(1, outputs) + Fraction(1, kernel * kernel)
    assert one.params_ratio == one.madds_ratio == one.closed_form == closed
    # the paper's own formulas, with D_F read as the output's side
    _, height, width = one.standard.output
    assert one.standard.madds == kernel * kernel * inputs * outputs * height * width
    assert one.madds == (kernel * kernel * inputs + inputs * outputs) * height * width


@given(kernel=st.integers(1, 5), inputs=SMALL, outputs=SMALL, stride=st.integers(1, 3))
def test_parameters_and_sizes_are_those_of_torch(
    kernel: int, inputs: int, outputs: int, stride: int
) -> None:
    one = compare_separable(kernel, inputs, outputs, (7, 9), stride=stride, pad="valid")
    window = {"stride": stride, "bias": False, "device": "meta"}
    standard = nn.Conv2d(inputs, outputs, kernel, **window)
    separable = nn.Sequential(
        nn.Conv2d(inputs, inputs, kernel, groups=inputs, **window),
        nn.Conv2d(inputs, outputs, 1, bias=False, device="meta"),
    )
    x = torch.empty(1, inputs, 7, 9, device="meta")
    assert standard(x).shape[1:] == separable(x).shape[1:] == one.pointwise.output
    assert one.standard.output == one.pointwise.output
    assert one.standard.params == sum(p.numel() for p in standard.parameters())
    assert one.params == sum(p.numel() for p in separable.parameters())


def test_the_worked_example_as_it_is_published() -> None:
    # without padding, as in the article that it comes from ("A basic introduction to separable
    # convolutions", C.-F. Wang, 2018): 1,228,800 multiplications against 4,800 + 49,152
    article = compare_separable(5, 3, 256, 12, pad="valid")
    assert article.standard.output == (256, 8, 8)
    assert article.standard.madds == 1_228_800
    assert (article.depthwise.madds, article.pointwise.madds) == (4_800, 49_152)
    # with padding, 12x12x3 → 12x12x256: the default
    example = compare_separable()
    assert example.standard.output == (256, 12, 12)
    assert (example.standard.params, example.depthwise.params, example.pointwise.params) == (
        25 * 3 * 256,
        25 * 3,
        3 * 256,
    )
    assert example.madds_ratio == Fraction(1, 256) + Fraction(1, 25)


def test_what_the_misprints_would_make() -> None:
    example = compare_separable()
    by_input, square, doubled = example.misprints
    # stride 1 and padding: input and output are one size, and the misprint does no harm
    assert by_input.difference == 0
    assert square.value == 5 * 5 * 3 * 3 * 12 * 12
    assert doubled.value == 5 * 5 * 3 * 3 * 256 * 12 * 12
    assert {one.computed for one in example.misprints} == {example.standard.madds}
    # with a stride of 2 it counts four times too much
    halved = compare_separable(stride=2)
    assert halved.misprints[0].value == 4 * halved.standard.madds
    assert "no difference here" in example.notes()[0]
    assert f"{halved.misprints[0].value:,} in place of" in halved.notes()[0]


def test_a_sweep_is_the_comparison_at_every_value() -> None:
    sweep = sweep_separable("kernel", [1, 3, 5], in_channels=8, out_channels=16, size=10)
    assert sweep.comparisons == tuple(compare_separable(k, 8, 16, 10) for k in (1, 3, 5))
    records = sweep.records()
    assert [record["kernel"] for record in records] == [1, 3, 5]
    # a 1x1 depthwise convolution only adds to the pointwise one
    assert records[0]["madds_ratio"] > 1 > records[1]["madds_ratio"]
    for record in records:
        assert record["madds_ratio"] == pytest.approx(record["closed_form"], rel=1e-15)
        assert record["separable_madds"] == record["depthwise_madds"] + record["pointwise_madds"]
    widths = sweep_separable("out_channels", range(1, 300, 13)).records()
    ratios = [record["madds_ratio"] for record in widths]
    assert ratios == sorted(ratios, reverse=True)
    assert min(ratios) > 1 / 25


def test_the_table_adds_up() -> None:
    standard, depthwise, pointwise, separable = compare_separable(3, 32, 64, 112).records()
    for quantity in ("params", "madds"):
        assert separable[quantity] == depthwise[quantity] + pointwise[quantity]
        assert separable[quantity] < standard[quantity]
    assert len(compare_separable().to_dict()["rows"]) == 4


@each(
    ("wrong", "message"),
    [
        ({"kernel": 0}, "kernel: an integer from 1"),
        ({"in_channels": 2**20 + 1}, "in_channels: an integer from 1"),
        ({"out_channels": 2.5}, "out_channels: an integer"),
        ({"size": (12, 0)}, "size: an integer"),
        ({"size": (12, 12, 3)}, "size: a side, or"),
        ({"stride": True}, "stride: an integer"),
        ({"pad": "full"}, "pad: same, valid"),
        ({"pad": -1}, "pad: same, valid"),
        ({"kernel": 13, "pad": "valid"}, "13x13 without padding does not fit"),
    ],
)
def test_what_cannot_be_is_one_line(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ArchcalcError, match=message) as caught:
        compare_separable(**wrong)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_a_sweep_of_nothing_or_of_no_size_is_refused() -> None:
    with pytest.raises(ArchcalcError, match="at least one value"):
        sweep_separable("kernel", [])
    with pytest.raises(ArchcalcError, match="varied: one of"):
        sweep_separable("pad", [1])  # type: ignore[arg-type]
