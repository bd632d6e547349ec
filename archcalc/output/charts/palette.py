"""Colours that stay apart for colour-blind readers and in grey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

# Okabe and Ito, 2008, without their yellow, which white paper swallows; grey is "other".
CATEGORIES = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000", "#999999",
)  # fmt: skip

# Viridis from its dark end to where it is still seen on white.
_ORDERED = (
    "#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#a5d22d",
)  # fmt: skip

HEAT: Final = "viridis"
FRONT = "#555555"
MARKS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def categories(names: Sequence[str]) -> dict[str, str]:
    """Return a colour for each of some names without an order; from the eighth on grey."""
    return {
        name: CATEGORIES[-1] if name == "other" else CATEGORIES[min(i, len(CATEGORIES) - 1)]
        for i, name in enumerate(names)
    }


def ordered(names: Sequence[str]) -> dict[str, str]:
    """Return colours that grow lighter along ``names``, as far apart as their number lets them."""
    last = len(_ORDERED) - 1
    steps = max(1, len(names) - 1)
    return {name: _between(i * last / steps) for i, name in enumerate(names)}


def _between(at: float) -> str:
    """Return the colour at a place along the ordered ones, mixed of the two beside it."""
    first = min(int(at), len(_ORDERED) - 2)
    below, above = (bytes.fromhex(colour[1:]) for colour in _ORDERED[first : first + 2])
    mixed = (round(b + (a - b) * (at - first)) for b, a in zip(below, above, strict=True))
    return f"#{bytes(mixed).hex()}"


def of_lines(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a colour for each line of (name, resolution): lines of one resolution share it."""
    sides = dict(rows)
    found = ordered(list(dict.fromkeys(sides.values())))
    return {name: found[side] for name, side in sides.items()}
