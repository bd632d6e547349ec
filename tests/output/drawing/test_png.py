"""PNG of a drawing: what its SVG shows, in pixels."""

from __future__ import annotations

import io
import sys
import xml.etree.ElementTree as ET
from functools import cache

import numpy as np
import pytest
from PIL import Image

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.output.drawing import draw
from archcalc.output.drawing.drawing import Drawing
from archcalc.output.drawing.png import _DRAWN, SCALE, to_png
from archcalc.output.palette import NODES, PAPER, SHORTCUT
from tests.hostile import TEXTS
from tests.hostile import net_of as hostile_net
from tests.output.drawing.drawn import NAMES, all_of, net_of, single

SVG = "{http://www.w3.org/2000/svg}"


def pixels(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@cache
def block() -> tuple[Drawing, np.ndarray]:
    drawing = single("mobilenet_v3_large", "bneck_6.1")
    return drawing, pixels(drawing.png.data)


@pytest.mark.parametrize("name", NAMES)
def test_every_element_of_every_drawing_is_known(name: str) -> None:
    for drawing in all_of(name):
        tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(drawing.svg).iter()}
        assert tags <= {"svg", "g", "title", "desc", *_DRAWN}


def test_it_has_the_size_of_the_svg() -> None:
    drawing, found = block()
    layout = drawing.layout
    assert found.shape == (round(layout.height * SCALE), round(layout.width * SCALE), 3)


def test_boxes_have_their_colours_where_they_stand() -> None:
    drawing, found = block()
    looked_at = 0
    for placed in drawing.layout.boxes:
        if not placed.cell.bottom:
            continue
        pale, strong = NODES[placed.box.kind]
        x, low = round(placed.rect.middle * SCALE), round(placed.rect.bottom * SCALE)
        assert tuple(found[low - 4, x]) == rgb(strong)
        assert tuple(found[round(placed.rect.top * SCALE) + 4, x]) == rgb(pale)
        looked_at += 1
    assert looked_at >= 5
    assert tuple(found[3, found.shape[1] // 2]) == rgb(PAPER)


def test_lines_lead_from_box_to_box() -> None:
    drawing, found = block()
    (shortcut,) = [one for one in drawing.layout.routes if one.link.kind == "shortcut"]
    for step in shortcut.steps[1:-1]:
        if step.letter == "L":
            x, y = step.points[-1]
            around = found[round(y * SCALE) - 2 : round(y * SCALE) + 3, round(x * SCALE)]
            assert rgb(SHORTCUT) in {tuple(pixel) for pixel in around}


def test_text_is_where_it_is_in_the_svg() -> None:
    """Between a line's start and its end there is ink, above its foot and below its head."""
    drawing, found = block()
    for text in ET.fromstring(drawing.svg).iter(f"{SVG}text"):
        size, x, y = (float(text.get(name, 0)) for name in ("font-size", "x", "y"))
        near = {"start": (0, 2), "middle": (-1, 1), "end": (-2, 0)}[
            text.get("text-anchor", "start")
        ]
        left, right = (round((x + side * size) * SCALE) for side in near)
        foot, head = round(y * SCALE), round((y - 0.75 * size) * SCALE)
        assert found[head:foot, left:right].min() < 130


def test_the_same_bytes_every_time() -> None:
    svg = draw(net_of("mobilenet_v3_large"), block="bneck_6").svg
    assert to_png(svg) == to_png(svg)


def test_what_is_too_large_or_unknown_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="9" fill="#000000">{}</svg>'
    with pytest.raises(ArchcalcError, match="20,000,000 x 18 pixels is too large"):
        to_png(svg.format(10**7, ""))
    with pytest.raises(ArchcalcError, match="element <image>"):
        to_png(svg.format(9, "<image/>"))
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPackage, match=r"matplotlib: pip install 'archcalc\[charts\]'"):
        to_png(svg.format(9, ""))


@pytest.mark.parametrize("name", ["script", "latex", "mathtext", "emoji", "control", "long"])
def test_hostile_names_are_drawn_and_missing_glyphs_reported(name: str) -> None:
    drawing = draw(hostile_net(TEXTS[name]))
    ET.fromstring(drawing.svg)
    assert pixels(drawing.png.data).min() < 130
    assert drawing.png.uncovered.isascii() is (name != "emoji")
    if name == "emoji":
        assert "👩" in drawing.png.uncovered
