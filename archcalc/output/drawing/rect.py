"""A space in a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rect:
    """A space, in pixels from the picture's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its centre line."""
        return (self.left + self.right) / 2

    def overlaps(self, other: Rect) -> bool:
        """Tell whether two spaces share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )
