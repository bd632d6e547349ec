"""Rectangles of a drawing, and an upper estimate of text widths without a font."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_NARROW = set("iljtfrI.,:;'|!()[]{}/\\ -\"`·")
_BROAD = set("mwMW@%—…←→⊕×")


@dataclass(frozen=True)
class Rect:
    """A rectangle, in pixels from the picture's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its centre line."""
        return (self.left + self.right) / 2

    def overlaps(self, other: Rect) -> bool:
        """Return whether two spaces share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return an upper estimate in pixels of ``text`` in common sans-serif fonts.

    Measured on DejaVu Sans, the widest that a browser is likely to fall back on.
    """
    width = sum(map(_em, text)) * size
    return width * 1.12 if bold else width


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.42
    if character in _BROAD or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() or ord(character) > 0x2FF else 0.65
