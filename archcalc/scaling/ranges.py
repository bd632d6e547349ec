"""Ranges of exact decimals: "0.25:1.4:0.05", "96:224:32", "0.25,0.5,1"."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from archcalc.errors import ArchcalcError

LONGEST = 1_000_000
"""Most values of one range."""


def parse_range(text: str, name: str) -> list[str]:
    """Read START:STOP:STEP (STOP included where a step meets it) or a list with commas.

    Returns the values as decimal texts, without floats' rounding. Raises ArchcalcError.
    """
    values: list[str] = []
    for part in text.split(","):
        ends = [_decimal(end, name, text) for end in part.split(":")]
        if len(ends) == 1:
            values.append(part.strip())
            continue
        if len(ends) != 3 or ends[2] <= 0 or ends[1] < ends[0]:
            raise ArchcalcError(
                f"{name}: a range START:STOP:STEP such as 0.25:1.4:0.05, not '{text}'"
            )
        start, stop, step = ends
        steps = int((stop - start) / step)
        if steps >= LONGEST:
            raise ArchcalcError(f"{name}: at most {LONGEST} values, '{text}' has {steps + 1}")
        values += [f"{start + step * index:f}" for index in range(steps + 1)]
    return values


def decimals(values: str | Iterable[float | str], name: str) -> list[str]:
    """Return a range or a sequence of numbers as decimal texts."""
    if isinstance(values, str):
        return parse_range(values, name)
    return [str(value) for value in values]


def _decimal(text: str, name: str, whole: str) -> Decimal:
    # "224x160" is a value of its own, never an end of a range
    try:
        return Decimal(text.strip().split("x")[0])
    except InvalidOperation:
        raise ArchcalcError(f"{name}: a number or a range, not '{whole}'") from None
