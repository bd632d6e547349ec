"""Colours of boxes: a pale one that text stands on, and a strong one for lines.

After Okabe and Ito (2008), as the charts': apart for colour-blind readers too. The picture brings
its own paper, so that it reads alike on a light and on a dark page.
"""

from __future__ import annotations

from archcalc.output.drawing.diagram import NodeKind

PAPER, INK, FAINT, LINE = "#ffffff", "#1a1a1a", "#5a5f66", "#4d5258"
SHORTCUT = "#b4470a"
FRAME = "#8a9099"

KINDS: dict[NodeKind, tuple[str, str]] = {
    "input": ("#f1f2f4", "#8a9099"),
    "output": ("#f1f2f4", "#8a9099"),
    "row": ("#e6f0f8", "#0072b2"),
    "conv": ("#d3e6f4", "#0072b2"),
    "depthwise": ("#fbe6bf", "#d98e00"),
    "linear": ("#cdeee2", "#009e73"),
    "pool": ("#e4e6ea", "#6b7280"),
    "function": ("#f5e0ed", "#b9608f"),
    "concat": ("#e4e6ea", "#6b7280"),
    "add": (PAPER, LINE),
    "multiply": (PAPER, LINE),
    "other": ("#e4e6ea", "#6b7280"),
}

_PALEST, _DEEPEST = (0xEF, 0xF6, 0xFB), (0x9C, 0xC6, 0xE3)


def stage_colour(stage: int, stages: int) -> str:
    """Return the paper of a row's box: deeper with each stage, text stays readable on all."""
    part = stage / max(1, stages - 1)
    mixed = (round(a + (b - a) * part) for a, b in zip(_PALEST, _DEEPEST, strict=True))
    return f"#{bytes(mixed).hex()}"
