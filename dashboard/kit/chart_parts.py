"""The colours of stages and of types of layers, and of the letters that stand on them."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.output.charts.palette import categories, ordered


def colours_of(parts: Sequence[str], by: str) -> dict[str, str]:
    """Return a colour for each part: stages in the order of a scale, types each its own."""
    return ordered(parts) if by == "stage" else categories(parts)


def ink_on(colour: str) -> str:
    """Return black or white, whichever has more contrast (WCAG 2) with a colour "#rrggbb".

    >>> ink_on("#440154"), ink_on("#a5d22d")
    ('#ffffff', '#000000')
    """
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#ffffff" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"
