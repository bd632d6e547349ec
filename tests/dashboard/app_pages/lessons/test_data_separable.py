"""The separable lesson: the picture, the bars and the tables are of the sizes that knobs say."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from archcalc.base.errors import ArchcalcError
from archcalc.base.messages import messages
from archcalc.output.drawing.convolutions import HEIGHT, WIDTH, draw_step, draw_steps
from archcalc.output.present.lessons import convolutions_table, misprints_table
from archcalc.studies.lessons import compare_separable
from dashboard.app_pages.lessons.data_separable import (
    FIELDS,
    KERNEL,
    OUTPUTS,
    PAD,
    SIDE,
    STEPS,
    comparison,
    costs,
    ratio_picture,
)
from dashboard.shell.fields import read_all
from tests.each import each

DEFAULTS = {field: field.default for field in FIELDS}
SIZES = [
    {},
    {"kernel": 3, "in_channels": 32, "out_channels": 64, "size": 112, "stride": 2},
    {"kernel": 31, "in_channels": 4096, "out_channels": 1, "size": 1024},
    {"kernel": 1, "in_channels": 1, "out_channels": 1, "size": 1},
]


def test_the_knobs_are_the_arguments() -> None:
    one = comparison({**DEFAULTS, KERNEL: 7, OUTPUTS: 64, SIDE: 28, PAD: "valid"})
    assert one == compare_separable(7, 3, 64, 28, pad="valid")
    assert comparison(DEFAULTS) == compare_separable()
    with pytest.raises(ArchcalcError, match="does not fit"):
        comparison({**DEFAULTS, KERNEL: 31, PAD: "valid"})


def test_a_link_out_of_range_is_told() -> None:
    values, faults = read_all(FIELDS, {"sep_kernel": "32", "sep_in": "-3", "sep_pad": "valid"})
    assert [fault.name for fault in faults] == ["sep_kernel", "sep_in"]
    assert values["sep_kernel"] == KERNEL.default
    assert values["sep_pad"] == "valid"


@each("sizes", SIZES)
def test_bars_are_of_the_standard_convolution(sizes: dict[str, int]) -> None:
    one = compare_separable(**sizes)
    standard, separable = costs(one)
    assert (standard["share"], standard["madds"]) == (100, one.standard.madds)
    assert separable["madds"] == one.madds
    assert Fraction(separable["madds"], standard["madds"]) == one.closed_form
    assert sum(part["share"] for part in separable["steps"]) == pytest.approx(separable["share"])


@each("sizes", SIZES)
def test_everything_of_the_picture_is_within_it(sizes: dict[str, int]) -> None:
    one = compare_separable(**sizes)
    for name in STEPS:
        root = ET.fromstring(draw_step(one, name))
        for shape in root.iter():
            points = shape.get("points", "")
            for x, y in re.findall(r"([-\d.]+),([-\d.]+)", points):
                assert 0 <= float(x) <= WIDTH
                assert 0 <= float(y) <= HEIGHT - 20  # the labels stand below
        texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
        step = getattr(one, name)
        height, width = step.op.kernel
        depth = 1 if name == "depthwise" else step.input[0]
        assert f"{step.output[0]} × ({height}×{width}×{depth})" in texts
        # the kernels that are named hold the step's very parameters
        assert step.output[0] * height * width * depth == step.params
    assert len(ET.fromstring(draw_steps(one)).findall("{*}g")) == len(STEPS)


def test_a_larger_map_is_drawn_larger() -> None:
    """Fronts grow with the square root of the side."""
    one = compare_separable(3, 8, 8, 64, stride=4)
    root = ET.fromstring(draw_step(one, "standard"))
    fronts = [
        float(points[1][0]) - float(points[0][0])
        for shape in root.iter("{http://www.w3.org/2000/svg}polygon")
        if (points := re.findall(r"([-\d.]+),([-\d.]+)", shape.get("points", "")))
    ]
    before, after = fronts[0], fronts[-1]
    assert before / after == pytest.approx((64 / 16) ** 0.5, rel=0.02)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_have_every_digit(language: str) -> None:
    one = compare_separable(pad="valid")
    table = convolutions_table(messages(language), one, "")
    (foot,) = table.foot
    assert foot[-1].text == f"{one.madds:,}"
    assert table.rows[0][-1].text == f"{one.standard.madds:,}"
    wrong = misprints_table(messages(language), [one], "")
    assert [row[-2].text for row in wrong.rows] == [f"{m.value:,}" for m in one.misprints]
    assert all(row[-1].text == f"{one.standard.madds:,}" for row in wrong.rows)


def test_the_chart_has_the_chosen_kernel() -> None:
    assert ratio_picture(9).order == ["3x3", "5x5", "7x7", "9x9"]
    assert ratio_picture(3).order == ["3x3", "5x5", "7x7"]
