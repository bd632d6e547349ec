"""The SVG: well formed, deterministic, without external references."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from archcalc.output.drawing import Box, Diagram, Link
from archcalc.output.drawing.layout import lay_out
from archcalc.output.drawing.svg import to_svg
from archcalc.output.palette import PAPER
from tests.output.drawing.drawn import NAMES, all_of, whole

SVG = "{http://www.w3.org/2000/svg}"


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_well_formed_and_complete(name: str) -> None:
    for drawing in all_of(name):
        root = ET.fromstring(drawing.svg)
        assert root.tag == f"{SVG}svg"
        children = [child.tag for child in root]
        assert children[:2] == [f"{SVG}title", f"{SVG}desc"]
        assert root[0].text == drawing.diagram.title
        assert len(list(root.iter(f"{SVG}path"))) == len(drawing.diagram.links)
        assert len(list(root.iter(f"{SVG}g"))) == len(drawing.diagram.boxes)
        shown = texts(root)
        for label in drawing.layout.labels:
            assert label.text in shown
        for placed in drawing.layout.boxes:
            for line, _ in placed.cell.lines:
                assert line in shown


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_from_elsewhere(name: str) -> None:
    for drawing in all_of(name):
        alone = drawing.svg.replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
        assert not re.search(r"://|href|url\(|<script|<style|<image|@import| on\w+=| id=", alone)


def test_it_brings_its_own_paper() -> None:
    """So that dark text reads on a dark page too: the first thing drawn covers everything."""
    root = ET.fromstring(whole("mobilenet_v2").svg)
    paper = root[2]
    assert (paper.tag, paper.get("fill")) == (f"{SVG}rect", PAPER)
    assert (paper.get("width"), paper.get("height")) == (root.get("width"), root.get("height"))
    assert paper.get("x") is None


def test_the_same_bytes_in_every_run() -> None:
    code = (
        "import archcalc, sys; from archcalc.output.drawing import draw; "
        "net = archcalc.build('mobilenet_v3_large'); "
        "sys.stdout.write(draw(net).svg + draw(net, block='bneck_6').svg)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 5000


@pytest.mark.parametrize(
    "text", ["<&>\"'", "</title><script>x</script>", "a\x00b\x1b[31m\u202e\ud800c"]
)
def test_hostile_texts_stay_texts(text: str) -> None:
    boxes = (Box(text, "row", text, after=text, about=text), Box("b", "conv", text, before=text))
    diagram = Diagram(text, text, boxes, (Link(text, "b", ((1, 2, 3),)),))
    svg = to_svg(lay_out(diagram))
    root = ET.fromstring(svg.encode())
    kept = "".join(c for c in text if c not in "\x00\x1b\u202e\ud800")
    assert root[0].text == kept
    assert kept in texts(root)
    assert "<script" not in svg


def test_a_long_name_is_cut_in_the_picture_and_whole_on_touch() -> None:
    name = "n" * 300
    diagram = Diagram("t", "a", (Box("x", "conv", name, about=name),), (), scaled=True)
    root = ET.fromstring(to_svg(lay_out(diagram)))
    assert all(len(text) < 100 for text in texts(root))
    assert [title.text for title in root.iter(f"{SVG}title")] == ["t", name]


def test_the_alt_text_describes_the_drawing() -> None:
    text = ET.fromstring(whole("mobilenet_v2").svg)[1].text
    assert text is not None
    assert "bottleneck 3x3, stride 2 ×2" in text
    assert "301M MAdds" in text


def test_notebooks_show_it() -> None:
    drawing = whole("vgg16")
    assert drawing._repr_svg_() == drawing._repr_html_() == drawing.svg
