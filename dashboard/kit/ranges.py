"""The stops of the knobs; a value from a link is one more stop among them."""

from __future__ import annotations

from collections.abc import Iterable

_HUNDREDTHS = 100


def widths(chosen: float) -> list[float]:
    """Return width multipliers from 0.1 to 2, in steps of 0.05."""
    return _with(chosen, (hundredths / _HUNDREDTHS for hundredths in range(10, 201, 5)))


def prunes(chosen: float) -> list[float]:
    """Return prune ratios from 0 to 0.9, in steps of 0.05."""
    return _with(chosen, (hundredths / _HUNDREDTHS for hundredths in range(0, 91, 5)))


def resolutions(reference: int | str, chosen: int | str | None) -> list[int | str]:
    """Return sides from 32 pixels to twice the reference, in steps of 32; the reference too.

    A size that is not square stands behind them.
    """
    most = 2 * _side(reference)
    sides: set[int | str] = {*range(32, most + 1, 32), reference}
    if chosen is not None:
        sides.add(chosen)
    return sorted(sides, key=lambda side: (isinstance(side, str), _side(side)))


def _side(size: int | str) -> int:
    return size if isinstance(size, int) else int(size.partition("x")[0])


def _with(chosen: float, stops: Iterable[float]) -> list[float]:
    return sorted({chosen, *stops})
