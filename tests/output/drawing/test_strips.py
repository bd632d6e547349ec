"""A tall picture in pieces: nothing is lost, and no box is cut."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from archcalc.output.drawing.svg import strips
from tests.output.drawing.drawn import whole


@pytest.mark.parametrize("name", ["nasnet_a_mobile", "mobilenet_v2", "wired"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_pieces_continue_one_another(name: str, number: int) -> None:
    layout = whole(name).layout
    boxes = [ET.fromstring(svg).get("viewBox", "").split() for svg in strips(layout, number)]
    spans = [(float(top), float(top) + float(height)) for _, top, _, height in boxes]
    assert len(spans) == number
    assert spans[0][0] == 0
    assert spans[-1][1] == pytest.approx(layout.height, abs=0.1)
    for (_, bottom), (top, _) in pairwise(spans):
        assert top == pytest.approx(bottom, abs=0.11)
        for placed in (*layout.boxes, *layout.labels):
            assert not placed.rect.top < top < placed.rect.bottom
    heights = [bottom - top for top, bottom in spans]
    assert max(heights) < 1.6 * layout.height / number


def test_one_piece_is_the_picture() -> None:
    drawing = whole("mobilenet_v2")
    assert strips(drawing.layout, 1) == (drawing.svg,)
