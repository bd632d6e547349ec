"""Layout: no overlaps, everything within the picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

import archcalc
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing import Drawing, Layout, draw
from archcalc.output.drawing.cells import BOLD, SMALL
from archcalc.output.drawing.geometry import text_width
from archcalc.output.drawing.layout import Rect, Route
from tests.output.drawing.drawn import NAMES, all_of, single, whole
from tests.zoo import FEW

Point = tuple[float, float]


def points(route: Route) -> Iterator[Point]:
    """Points all along a path, close enough together not to miss a box."""
    (here,) = route.steps[0].points
    for step in route.steps[1:]:
        corners = [here, *step.points]
        if step.letter == "L":
            corners = [here, here, step.points[0], step.points[0]]
        length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(corners))
        count = max(4, int(length / 3))
        for index in range(count + 1):
            t = index / count
            weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield (
                sum(w * x for w, (x, _) in zip(weights, corners, strict=True)),
                sum(w * y for w, (_, y) in zip(weights, corners, strict=True)),
            )
        here = step.points[-1]


def inside(rect: Rect, point: Point, slack: float = 0.5) -> bool:
    x, y = point
    return rect.left + slack < x < rect.right - slack and rect.top + slack < y < rect.bottom - slack


def at_edge(rect: Rect, point: Point) -> bool:
    x, y = point
    within = rect.left - 0.5 <= x <= rect.right + 0.5 and rect.top - 0.5 <= y <= rect.bottom + 0.5
    return within and not inside(rect, point)


def overlapping(rects: list[Rect]) -> list[tuple[Rect, Rect]]:
    """Pairs that overlap, found along the vertical so that long pictures stay quick."""
    rects = sorted(rects, key=lambda rect: rect.top)
    found = []
    for index, rect in enumerate(rects):
        for other in rects[index + 1 :]:
            if other.top >= rect.bottom:
                break
            if rect.overlaps(other):
                found.append((rect, other))
    return found


def assert_laid_out(layout: Layout) -> None:
    boxes = {one.box.id: one.rect for one in layout.boxes}
    labels = [one.rect for one in layout.labels]
    assert not overlapping([*boxes.values(), *labels])
    for rect in [*boxes.values(), *labels, *(one.rect for one in layout.frames)]:
        assert 0 <= rect.left < rect.right <= layout.width
        assert 0 <= rect.top < rect.bottom <= layout.height
    for route in layout.routes:
        source, target = boxes[route.link.source], boxes[route.link.target]
        assert at_edge(source, route.steps[0].points[0])
        assert at_edge(target, route.steps[-1].points[-1])
        for point in points(route):
            assert 0 <= point[0] <= layout.width
            assert 0 <= point[1] <= layout.height
            near = [rect for rect in boxes.values() if rect.top - 1 < point[1] < rect.bottom + 1]
            assert not any(inside(rect, point) for rect in near)
            assert not any(inside(rect, point) for rect in labels)
    for framed in layout.frames:
        for name, rect in boxes.items():
            held = (
                framed.rect.left < rect.left
                and rect.right < framed.rect.right
                and framed.rect.top < rect.top
                and rect.bottom < framed.rect.bottom
            )
            assert held == (name in framed.frame.boxes)
            assert held == framed.rect.overlaps(rect)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps(name: str) -> None:
    for drawing in all_of(name):
        assert_laid_out(drawing.layout)


@pytest.mark.parametrize("name", NAMES)
def test_texts_fit(name: str) -> None:
    """Texts fit into their boxes, measured with the widest of the usual fonts."""
    font_manager = pytest.importorskip("matplotlib.font_manager")
    from matplotlib.ft2font import FT2Font

    fonts = {
        bold: FT2Font(font_manager.findfont(f"DejaVu Sans:{'bold' if bold else 'normal'}"))
        for bold in (True, False)
    }

    def measured(text: str, size: float, *, bold: bool) -> float:
        fonts[bold].set_size(size, 72)
        fonts[bold].set_text(text)
        return fonts[bold].get_width_height()[0] / 64

    for drawing in all_of(name):
        for one in drawing.layout.boxes:
            for text, bold in one.cell.lines:
                size = BOLD if bold else SMALL
                assert measured(text, size, bold=bold) <= one.rect.right - one.rect.left
        for label in drawing.layout.labels:
            size = BOLD if label.bold else SMALL
            width = label.rect.right - label.rect.left
            assert measured(label.text, size, bold=label.bold) <= width


def test_wide_characters_are_estimated_as_wide() -> None:
    assert text_width("層層", 10) == 20
    assert text_width("MMMM", 10) > text_width("nnnn", 10) > text_width("iiii", 10)


def test_widths_are_proportional_to_channels() -> None:
    """MobileNetV2, figure 3: how thick a block is says how many channels it has."""
    layout = single("mobilenet_v2", "bottleneck_3.2").layout
    cells = {one.box.id: one.cell for one in layout.boxes}
    expand, project = (cells[f"bottleneck_3.2.{part}.conv"] for part in ("expand", "project"))
    assert expand.bottom == pytest.approx(6 * expand.top)
    assert project.top == pytest.approx(6 * project.bottom)


def test_shortcuts_run_on_the_right() -> None:
    layout = single("mobilenet_v2", "bottleneck_3.2").layout
    right = max(one.rect.right for one in layout.boxes)
    for route in layout.routes:
        reaches = max(x for step in route.steps for x, _ in step.points)
        assert (reaches > right) == (route.link.kind == "shortcut")


def test_a_chain_is_straight() -> None:
    layout = single("mobilenet_v2", "bottleneck_3.1").layout
    assert len({one.rect.middle for one in layout.boxes}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_way_past_a_gate_is_straight(name: str) -> None:
    for drawing in all_of(name):
        for route in drawing.layout.routes:
            if route.link.kind == "gated":
                assert len({x for step in route.steps for x, _ in step.points}) == 1


def test_branches_stand_around_what_they_lead_to() -> None:
    """GoogLeNet, figure 2b: four branches side by side in the order of the table."""
    layout = single("googlenet", "3a.1").layout
    places = {one.box.id: one.rect for one in layout.boxes}
    firsts = [
        places[f"3a.1.{part}"].middle for part in ("b1.conv", "r3.conv", "r5.conv", "p.max_pool")
    ]
    assert firsts == sorted(set(firsts))
    assert places["3a.1.r3.conv"].middle == places["3a.1.b3.conv"].middle
    middle = places["3a.1.cat.concat"].middle
    assert middle == pytest.approx(sum(firsts) / 4, abs=1)


def test_heads_stand_beside_a_straight_way() -> None:
    """A detector: maps of several sizes, each with heads whose values are outputs."""
    rows = ["- {id: m0, op: conv2d 3x3, out: 8}\n"]
    outputs = []
    for index in range(1, 5):
        rows.append(f"- {{id: m{index}, from: m{index - 1}, op: conv2d 3x3, s: 2, out: 8}}\n")
        for head in (f"loc{index}", f"conf{index}"):
            rows.append(f"- {{id: {head}, from: m{index}, op: conv2d 3x3, out: 4}}\n")
            outputs.append(head)
    rows.append("- {id: m5, from: m4, op: conv2d 3x3, s: 2, out: 8}\n- {id: m6, op: relu}\n")
    text = f"archcalc: 1\nname: ssd\ninput: 64x64x3\nrows:\n{''.join(rows)}"
    drawing = draw(archcalc.build(Spec(f"{text}outputs: [{', '.join([*outputs, 'm6'])}]\n")))
    assert_laid_out(drawing.layout)
    places = {one.box.id: one.rect for one in drawing.layout.boxes}
    assert len({places[f"m{index}"].middle for index in range(7)}) == 1
    assert all(places[head].left > places["m0"].middle for head in outputs)
    assert drawing.layout.width < 5 * (places["m0"].right - places["m0"].left)


def columns(drawing: Drawing) -> int:
    boxes = drawing.layout.boxes
    tops = [one.rect.top for one in boxes]
    return 1 + sum(after < before for before, after in pairwise(tops))


def test_long_nets_are_set_in_columns() -> None:
    assert columns(whole("mobilenet_v2")) == 1
    assert columns(whole("vgg16")) == 2
    for name in FEW:
        frames, boxes = whole(name).layout.frames, whole(name).layout.boxes
        for framed in frames:
            inside = [one.rect.top for one in boxes if one.box.id in framed.frame.boxes]
            assert inside == sorted(inside)


def test_a_net_of_a_thousand_layers() -> None:
    """As many boxes as there are layers in the largest nets, with shortcuts that nest."""
    rows = ["- {id: r0, op: conv2d 1x1, out: 4}\n"]
    for index in range(1, 1000, 2):
        above = f"r{max(0, index - 7)}" if index % 4 == 1 else f"r{index - 1}"
        rows.append(f"- {{id: r{index}, op: relu}}\n")
        rows.append(f"- {{id: r{index + 1}, from: [{above}, r{index}], op: add}}\n")
    text = f"archcalc: 1\nname: long\ninput: 8x8x4\nrows:\n{''.join(rows)}"
    drawing = draw(archcalc.build(Spec(text)))
    assert len(drawing.layout.boxes) == 1003
    rects = [one.rect for one in drawing.layout.boxes]
    assert not overlapping(rects)
    shortcuts = [route for route in drawing.layout.routes if route.link.kind == "shortcut"]
    assert len(shortcuts) == 500
    lines = [max(x for step in route.steps for x, _ in step.points) for route in shortcuts]
    spans = [
        (r.steps[0].points[0][1], r.steps[-1].points[-1][1], x)
        for r, x in zip(shortcuts, lines, strict=True)
    ]
    for (top, bottom, x), (top2, bottom2, x2) in combinations(spans[:40], 2):
        if top2 < bottom and top < bottom2:
            assert x != x2
