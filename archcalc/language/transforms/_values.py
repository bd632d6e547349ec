"""Reading what stands behind the "=" of a transform."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def integer(value: Any, least: int, most: int) -> int:
    """Return a whole number, given as a number or as digits; raises ValueError for another."""
    text = "" if isinstance(value, (bool, float)) else str(value)
    if text.isdecimal() and text.isascii() and least <= int(text[:9]) <= most:
        return int(text[:9])
    raise ValueError(f"expected a whole number from {least} to {most}")


def choice(value: Any, known: Sequence[str]) -> str:
    """Return one of ``known``; raises ValueError that lists them."""
    if value not in known:
        raise ValueError(f"expected {' or '.join((', '.join(known[:-1]), known[-1]))}")
    return str(value)
