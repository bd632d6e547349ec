"""Ranges of exact decimals: "0.25:1.4:0.05", "96:224:32", "0.25,0.5,1"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.base.units import format_exact

LONGEST = 1_000_000
"""Most values of one range."""

# no exponents: their decimals can be longer than memory
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")
_SIZE = re.compile(r"[0-9]{1,9}x[0-9]{1,9}")


def parse_range(text: str, name: str) -> list[str]:
    """Read START:STOP:STEP (STOP included where a step reaches it) or a list with commas.

    Returns the values as exact decimal texts. Raises ArchcalcError.
    """
    values: list[str] = []
    for part in text.split(","):
        if _SIZE.fullmatch(part.strip()):  # of a map that is not square: never in a range
            values.append(part.strip())
            continue
        ends = [_decimal(end, name, text) for end in part.split(":")]
        if len(ends) == 1:
            values.append(part.strip())
            continue
        if len(ends) != 3 or ends[2] <= 0 or ends[1] < ends[0]:
            raise ArchcalcError(
                f"{name}: a range START:STOP:STEP such as 0.25:1.4:0.05, not '{shorten(text)}'"
            )
        start, stop, step = ends
        steps = int((stop - start) / step)
        if len(values) + steps >= LONGEST:
            raise ArchcalcError(
                f"{name}: at most {format_exact(LONGEST)} values, not '{shorten(text)}'"
            )
        values += [f"{start + step * index:f}" for index in range(steps + 1)]
    return values


def decimals(values: str | float | Iterable[float | str], name: str) -> list[str]:
    """Return a range, a number or a sequence of numbers as decimal texts."""
    return [str(value) for value in several(values, name)]


def several(values: Any, name: str, *, ranges: bool = True) -> list[Any]:
    """Return a sequence of choices; one choice is a sequence of one, a text may be a range.

    Raises ArchcalcError for anything else.
    """
    if isinstance(values, str):
        return list(parse_range(values, name)) if ranges else [values]
    if isinstance(values, (int, float, Mapping)):
        return [values]
    if not isinstance(values, Iterable):
        raise ArchcalcError(f"{name}: a sequence of choices, not {values!r}")
    return list(values)


def _decimal(text: str, name: str, whole: str) -> Decimal:
    if not _DECIMAL.fullmatch(text.strip()):
        raise ArchcalcError(f"{name}: a number or a range, not '{shorten(whole)}'")
    return Decimal(text.strip())
