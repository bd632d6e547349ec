"""Colours of charts, drawings and the dashboard, distinct for colour-blind readers and in grey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

# Okabe and Ito, 2008, without their yellow, which is hardly visible on white
BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, BLACK = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000",
)  # fmt: skip
OTHER = "#999999"
CATEGORIES = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, BLACK, OTHER)

MADDS, PARAMS = BLUE, ORANGE
"""Of the two quantities. ORANGE also marks the selection, where no parameters are shown."""

GREY = "#8a9099"
"""Background elements, on light and on dark pages."""

HEAT: Final = "viridis"
FRONT = "#555555"
MARKS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

# Viridis from its dark end to where it is still visible on white
_ORDERED = (
    "#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#a5d22d",
)  # fmt: skip

PAPER, INK, FAINT, STROKE, SHORTCUT = "#ffffff", "#1a1a1a", "#5a5f66", "#4d5258", "#b4470a"
"""Of drawings, which have their own background on light and dark pages."""

NODES = {
    "input": ("#f1f2f4", GREY),
    "output": ("#f1f2f4", GREY),
    "row": ("#e6f0f8", BLUE),
    "conv": ("#d3e6f4", BLUE),
    "depthwise": ("#fbe6bf", "#d98e00"),
    "linear": ("#cdeee2", GREEN),
    "pool": ("#e4e6ea", "#6b7280"),
    "function": ("#f5e0ed", "#b9608f"),
    "concat": ("#e4e6ea", "#6b7280"),
    "add": (PAPER, STROKE),
    "multiply": (PAPER, STROKE),
    "other": ("#e4e6ea", "#6b7280"),
}
"""By kind of node: a pale colour behind text, and a strong one for its outline."""

_PALEST, _DEEPEST = "#eff6fb", "#9cc6e3"


def categories(names: Sequence[str]) -> dict[str, str]:
    """Return a colour for each of some unordered names; from the eighth on grey."""
    return {
        name: OTHER if name == "other" else CATEGORIES[min(i, len(CATEGORIES) - 1)]
        for i, name in enumerate(names)
    }


def ordered(names: Sequence[str]) -> dict[str, str]:
    """Return colours that grow lighter along ``names``, as far apart as their number allows."""
    last = len(_ORDERED) - 1
    steps = max(1, len(names) - 1)
    found = {}
    for index, name in enumerate(names):
        at = index * last / steps
        first = min(int(at), last - 1)
        found[name] = _mixed(_ORDERED[first], _ORDERED[first + 1], at - first)
    return found


def of_lines(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a colour for each line of (name, resolution): lines of one resolution share it."""
    sides = dict(rows)
    found = ordered(list(dict.fromkeys(sides.values())))
    return {name: found[side] for name, side in sides.items()}


def of_parts(parts: Sequence[str], by: str) -> dict[str, str]:
    """Return a colour for each part of a net: ``by`` "stage" ordered ones, otherwise categories."""
    return ordered(parts) if by == "stage" else categories(parts)


def of_stage(stage: int, stages: int) -> str:
    """Return the background of a row's box: darker with each stage, with readable text."""
    return _mixed(_PALEST, _DEEPEST, stage / max(1, stages - 1))


def ink_on(colour: str) -> str:
    """Return black or white, whichever has more contrast (WCAG 2) with a colour "#rrggbb".

    >>> ink_on("#440154"), ink_on("#a5d22d")
    ('#ffffff', '#000000')
    """
    channels = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return PAPER if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else BLACK


def _mixed(one: str, other: str, part: float) -> str:
    """Return the interpolation of two colours: 0 is the first, 1 the second."""
    ends = (bytes.fromhex(colour[1:]) for colour in (one, other))
    return f"#{bytes(round(a + (b - a) * part) for a, b in zip(*ends, strict=True)).hex()}"
