"""Colours: text is readable on them, ordered ones grow lighter, all have one source."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from archcalc.output.drawing.diagram import NodeKind
from archcalc.output.palette import (
    CATEGORIES,
    INK,
    NODES,
    PAPER,
    categories,
    ink_on,
    of_lines,
    of_parts,
    of_stage,
    ordered,
)

SHELL = Path(__file__).parents[2] / "dashboard" / "shell"


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("count", [*range(1, 9), 20, 60])
def test_ordered_colours_grow_lighter(count: int) -> None:
    colours = list(ordered([str(i) for i in range(count)]).values())
    assert all(luminance(a) < luminance(b) for a, b in pairwise(colours))
    # the lightest is still seen on white
    assert contrast(colours[-1], PAPER) > 1.5


def test_categories_are_all_different_and_other_is_grey() -> None:
    found = categories([*"abcdefg", "other"])
    assert len(set(found.values())) == 8
    assert found["other"] == CATEGORIES[-1]


def test_lines_of_one_resolution_share_their_colour() -> None:
    colours = of_lines([("a 96", "96"), ("b 96", "96"), ("a 224", "224")])
    assert colours["a 96"] == colours["b 96"] != colours["a 224"]


def test_text_of_drawings_is_readable() -> None:
    assert set(NODES) == set(get_args(NodeKind))
    papers = [PAPER, *(pale for pale, _ in NODES.values()), *(of_stage(i, 5) for i in range(5))]
    for paper in papers:
        assert contrast(paper, INK) > 7


@pytest.mark.parametrize("by", ["stage", "op"])
def test_text_on_parts_is_readable(by: str) -> None:
    names = [f"part {number}" for number in range(8)]
    for colour in of_parts(names, by).values():
        assert contrast(colour, ink_on(colour)) >= 4.5


def test_the_dashboard_takes_its_colours_from_here() -> None:
    theme = tomllib.loads((SHELL / "config.toml").read_text())["theme"]
    named = theme["chartCategoricalColors"]
    assert named[:6] == list(CATEGORIES[:6])
    sheet = (SHELL / "style.css").read_text()
    assert not set(re.findall(r"#[0-9a-f]{6}", sheet)) & set(CATEGORIES[:6])
