"""A convolution as boxes in space: its input, kernels and output, from their sizes.

For the lesson on separable convolutions, with all three steps at one scale. Heights follow the
square root of the maps' sides, depths the logarithm of the channels: in linear scale most steps
would be lines. The square on a map's front is to scale: the receptive field of one kernel, and its
output pixel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2, sqrt

from archcalc.base.names import sides_text, size_text
from archcalc.output.drawing.diagram import NodeKind
from archcalc.output.palette import INK, NODES, PAPER
from archcalc.output.svg import escaped, opening, px, text_element
from archcalc.studies.lessons.separable import SeparableComparison, Step

WIDTH, HEIGHT = 340, 150

_STEPS = ("standard", "depthwise", "pointwise")
KIND: dict[str, NodeKind] = {"standard": "conv", "depthwise": "depthwise", "pointwise": "linear"}
"""The key of each step's colours in `NODES`."""
_CENTRES, _MIDDLE = (58, 170, 282), 66
_FRONT, _DEEP = 54.0, 34.0
"""Pixels of the highest front, and of the deepest box along each axis."""
_LEAST_FRONT, _LEAST_DEEP, _LEAST_WINDOW = 9.0, 3.0, 2.5
_MANY = 16
"""Channels that are as deep as can be, where no map has more."""
_SLICES, _COPIES = 6, 3
"""Channels that are drawn apart, and kernels that are drawn one behind another, at most."""

_At = tuple[float, float]


@dataclass(frozen=True)
class _Scale:
    """The scale in pixels, for all steps of a comparison."""

    side: int
    channels: int

    def front(self, side: int) -> float:
        return max(_LEAST_FRONT, _FRONT * sqrt(side / self.side))

    def deep(self, channels: int) -> float:
        return max(_LEAST_DEEP, _DEEP * log2(1 + channels) / log2(1 + self.channels))


def draw_step(comparison: SeparableComparison, name: str) -> str:
    """Return one of the three steps ("standard", "depthwise" or "pointwise") as SVG."""
    return f"{opening(WIDTH, HEIGHT, INK)}{''.join(_step(comparison, name))}</svg>"


def draw_steps(comparison: SeparableComparison) -> str:
    """Return the three steps, one below another, as one SVG."""
    parts = (
        f'<g transform="translate(0 {index * HEIGHT})">{"".join(_step(comparison, name))}</g>'
        for index, name in enumerate(_STEPS)
    )
    return f"{opening(WIDTH, HEIGHT * len(_STEPS), INK)}{''.join(parts)}</svg>"


def step_words(step: Step) -> str:
    """Write a step in sizes: "12x12x3 * 256 x (5x5x3) → 12x12x256"."""
    kernels = f"{step.output[0]} x ({_kernel(step)})"
    return f"{size_text(step.input)} * {kernels} → {size_text(step.output)}"


def _kernel(step: Step) -> str:
    return sides_text(*step.op.kernel, _depth(step))


def _depth(step: Step) -> int:
    """Return the channels that one kernel reads."""
    return 1 if step.op.depthwise else step.input[0]


def _step(comparison: SeparableComparison, name: str) -> Iterator[str]:
    step: Step = getattr(comparison, name)
    shapes = [comparison.standard.input, comparison.standard.output, comparison.depthwise.output]
    scale = _Scale(
        max(side for shape in shapes for side in shape[1:]),
        max(_MANY, *(shape[0] for shape in shapes)),
    )
    each = step.op.depthwise
    paper, line = NODES[KIND[name]]
    yield f"<title>{escaped(step_words(step))}</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{PAPER}"/>'
    yield from _map(step.input, _CENTRES[0], scale, max(step.op.kernel), line, sliced=each)
    kernel = min(_FRONT * 0.6, max(_LEAST_FRONT, scale.front(max(step.op.kernel))))
    yield from _stack(_CENTRES[1], kernel, scale.deep(_depth(step)), step.output[0], (paper, line))
    yield from _map(step.output, _CENTRES[2], scale, 1, line, sliced=each)
    for sign, left in (("∗", 0), ("→", 1)):
        x = (_CENTRES[left] + _CENTRES[left + 1]) / 2
        yield text_element(sign, x, _MIDDLE + 6, 18, anchor="middle")
    labels = (
        _times(size_text(step.input)),
        f"{step.output[0]} × ({_times(_kernel(step))})",
        _times(size_text(step.output)),
    )
    for label, x in zip(labels, _CENTRES, strict=True):
        yield text_element(label, x, HEIGHT - 10, 11.5, anchor="middle")


def _map(
    shape: tuple[int, int, int],
    centre: float,
    scale: _Scale,
    window: int,
    mark: str,
    *,
    sliced: bool,
) -> Iterator[str]:
    """Draw a feature map; ``window``: the side of the square that is marked on its front."""
    channels, height, width = shape
    high, wide, deep = scale.front(height), scale.front(width), scale.deep(channels)
    left, top = centre - (wide + deep) / 2, _MIDDLE - (high - deep) / 2
    paper = NODES["input"]
    yield from _box((left, top), wide, high, deep, paper)
    if sliced:
        pieces = min(channels, _SLICES)
        for piece in range(1, pieces):
            back = deep * piece / pieces
            yield _edge((left + back, top - back), wide, high, paper[1])
    # the window is in the corner, within the map
    w = min(wide, max(_LEAST_WINDOW, wide * window / width))
    h = min(high, max(_LEAST_WINDOW, high * window / height))
    yield (
        f'<rect x="{px(left)}" y="{px(top)}" width="{px(w)}" height="{px(h)}" fill="{mark}" '
        f'fill-opacity="0.55" stroke="{mark}"/>'
    )


def _stack(
    centre: float, side: float, deep: float, number: int, colours: tuple[str, str]
) -> Iterator[str]:
    """Draw kernels one behind another."""
    copies = min(number, _COPIES)
    step = 7.0
    whole = side + deep + step * (copies - 1)
    left, top = centre - whole / 2, _MIDDLE - (side - deep) / 2
    for copy in reversed(range(copies)):
        at = (left + step * copy, top + step * (copy - (copies - 1) / 2))
        yield from _box(at, side, side, deep, colours)


def _box(at: _At, wide: float, high: float, deep: float, colours: tuple[str, str]) -> Iterator[str]:
    """Draw a box with a front corner at ``at``, receding to the right."""
    paper, line = colours
    (left, top), right, low = at, at[0] + wide, at[1] + high
    faces = (
        ((left, top), (right, top), (right + deep, top - deep), (left + deep, top - deep)),
        ((right, top), (right, low), (right + deep, low - deep), (right + deep, top - deep)),
        ((left, top), (right, top), (right, low), (left, low)),
    )
    for face in faces:
        points = " ".join(f"{px(x)},{px(y)}" for x, y in face)
        yield (
            f'<polygon points="{points}" fill="{paper}" stroke="{line}" stroke-linejoin="round"/>'
        )


def _edge(at: _At, wide: float, high: float, line: str) -> str:
    """Return the line between two channels over a box's top and down its side."""
    x, y = at
    points = f"{px(x)},{px(y)} {px(x + wide)},{px(y)} {px(x + wide)},{px(y + high)}"
    return f'<polyline points="{points}" fill="none" stroke="{line}"/>'


def _times(text: str) -> str:
    return text.replace("x", "×")
