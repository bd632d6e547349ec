"""SVG in a page keeps its alt text and shapes, without side effects."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from archcalc import ArchcalcError
from archcalc.output.svg import opening, prepare, text_element
from tests.hostile import TEXTS
from tests.output.reporting.documents import SVG

TITLE = "{http://www.w3.org/2000/svg}title"


def test_a_picture_brings_its_alt_text_and_nothing_else() -> None:
    prepared = prepare(SVG, "alt <b>", "figure-1", "Sans")
    root = ET.fromstring(prepared.svg)
    titles = root.findall(TITLE)
    assert [title.text for title in titles] == ["alt <b>"]
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", titles[0].get("id"))
    assert prepared.width == 40
    assert 'clip-path="url(#figure-1-c)"' in prepared.svg
    assert "unused" not in prepared.svg
    assert "Helvetica" not in prepared.svg
    assert set(re.findall('font-family="([^"]+)"', prepared.svg)) == {"Sans"}


def test_without_alt_text_or_a_font_it_keeps_its_own_and_has_no_empty_title() -> None:
    svg = f"{opening(30, 20, '#000')}<title>old</title>{text_element('a', 1, 2, 9)}</svg>"
    root = ET.fromstring(prepare(svg, "", "a").svg)
    assert root.find(TITLE) is None
    assert root.get("aria-labelledby") is None
    assert "Helvetica" in root.get("font-family", "")


def test_a_style_for_every_element_becomes_its_own_picture_s() -> None:
    svg = SVG.replace(
        "</svg>", "<!-- c --><defs><style>*{stroke-linecap: butt}</style></defs></svg>"
    )
    made = prepare(svg, "", "a").svg
    assert "<style" not in made
    assert "<!--" not in made
    assert ET.fromstring(made).get("stroke-linecap") == "butt"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        '<rect onclick="x()"/>',
        '<image href="http://x.invalid/x.png"/>',
        '<a href="#c"/>',
        "<g>",
    ],
)
def test_a_picture_that_is_more_than_one_is_refused(inside: str) -> None:
    svg = SVG.replace("</svg>", f"{inside}</svg>")
    with pytest.raises(ArchcalcError, match="the picture of figure-1"):
        prepare(svg, "", "figure-1")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_text(text: str) -> None:
    drawn = f"{opening(30, 20, '#000')}{text_element(text, 1, 2, 9)}</svg>"
    for svg in (drawn, prepare(drawn, text, "a").svg):
        root = ET.fromstring(svg)
        tags = [element.tag.rpartition("}")[2] for element in root.iter()]
        assert set(tags) <= {"svg", "text", "title"}
