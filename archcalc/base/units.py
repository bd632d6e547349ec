"""Numbers as text and back: "569M" ⇄ 568_740_352. The only formatter of numbers for readers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

_UNITS = {
    "": 1,
    "%": 1,
    "ms": 1,
    "K": 10**3,
    "M": 10**6,
    "B": 10**9,
    "G": 10**9,
    "T": 10**12,
    "Ki": 2**10,
    "Mi": 2**20,
    "Gi": 2**30,
}
_FIGURE = re.compile(r"\s*([+-]?)([0-9]{1,15}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})\s*([A-Za-z%]*)\s*")


@dataclass(frozen=True)
class Figure:
    """A printed figure: its text, exact value and the place of its last digit.

    >>> figure = Figure.parse("569M")
    >>> figure.matches(568_740_352)
    'rounded'
    """

    text: str
    value: Fraction
    places: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Figure:
        """Read "569M", "4.2M", "94.86%", "75ms", "159Ki" or a plain number.

        Raises ValueError for anything else.
        """
        match = _FIGURE.fullmatch(text)
        if match is None or match[3] not in _UNITS:
            known = ", ".join(unit for unit in _UNITS if unit)
            raise ValueError(f"a figure such as 569M, 4.2M, 70.6 (units: {known})")
        sign, digits, unit = match.groups()
        value = Fraction(digits) * _UNITS[unit] * (-1 if sign == "-" else 1)
        places = len(digits.partition(".")[2])
        return cls(text.strip(), value, places, unit)

    def matches(self, exact: Fraction | int) -> str | None:
        """Return how ``exact`` becomes this figure: "rounded", "truncated" or None."""
        scaled = Fraction(exact) / _UNITS[self.unit] * 10**self.places
        printed = self.value / _UNITS[self.unit] * 10**self.places
        if abs(scaled - printed) <= Fraction(1, 2):
            return "rounded"
        if printed >= 0 and printed <= scaled < printed + 1:
            return "truncated"
        return None

    def beside(self, exact: Fraction | int | float) -> str:
        """Write ``exact`` as this figure is written, to one more digit.

        >>> Figure.parse("4866M").beside(4_866_269_184)
        '4866.3M'
        """
        scaled = Fraction(exact) / _UNITS[self.unit]
        return f"{format_fixed(scaled, self.places + 1)}{self.unit}"

    def difference_percent(self, exact: Fraction | int) -> float | None:
        """Return by how many percent ``exact`` lies above the printed value; None above 0."""
        return percent_change(self.value, Fraction(exact))


def parse_count(text: str) -> int:
    """Read a count such as "300M", "3.4M" or "568740352".

    Raises ValueError for anything but a whole, non-negative number.
    """
    try:
        figure = Figure.parse(text)
    except ValueError:
        figure = None
    if (
        figure is None
        or figure.unit in ("%", "ms")
        or figure.value < 0
        or figure.value.denominator != 1
    ):
        raise ValueError(f"a count such as 300M or 3400000, not '{text}'")
    return int(figure.value)


def parse_bytes(text: str) -> int:
    """Read a number of bytes.

    Raises ValueError for anything else.

    >>> parse_bytes("4MiB"), parse_bytes("4MB"), parse_bytes("4096"), parse_bytes("4Mi")
    (4194304, 4000000, 4096, 4194304)
    """
    try:
        return parse_count(text.strip().removesuffix("B").replace("k", "K"))
    except ValueError:
        raise ValueError(f"a number of bytes such as 4MiB, 4MB or 4000000, not '{text}'") from None


def format_count(count: int, digits: int = 3) -> str:
    """Write a count for people: 568_740_352 → "569M"; exact below 1000.

    ``digits`` significant digits are kept, more only before the decimal point.
    """
    return _format(
        count, (("", 1), ("K", 10**3), ("M", 10**6), ("B", 10**9), ("T", 10**12)), digits
    )


def format_bytes(size: int, digits: int = 3) -> str:
    """Write a number of bytes for people: 4_231_976 → "4.04 MiB"."""
    text = _format(size, (("", 1), ("Ki", 2**10), ("Mi", 2**20), ("Gi", 2**30)), digits)
    number = text.rstrip("KMGi")
    return f"{number} {text[len(number) :]}B"


def format_quantity(quantity: str, value: int, digits: int = 3) -> str:
    """Write a value of a quantity of costs: bytes where its name says so, else a count."""
    write = format_bytes if quantity.endswith("_bytes") else format_count
    return write(value, digits)


@dataclass(frozen=True)
class Unit:
    """What the numbers of an axis or a column are divided by, and its sign."""

    name: str
    size: int

    def head(self, words: str) -> str:
        """Return what is measured with its unit: "MAdds (M)", or the words alone."""
        return f"{words} ({self.name})" if self.name else words


def unit_of(quantity: str, values: Iterable[int]) -> Unit:
    """Return the unit in which the largest of ``values`` has up to three digits."""
    name = format_quantity(quantity, max(values)).lstrip("-0123456789. ")
    prefix = name.removesuffix("B") if quantity.endswith("_bytes") else name
    return Unit(name, parse_count(f"1{prefix}"))


def format_exact(count: float) -> str:
    """Write every digit, grouped: 568_740_352 → "568,740,352"."""
    return f"{count:,}"


def format_signed(count: int) -> str:
    """Write a difference with its sign and every digit: 4_096 → "+4,096"."""
    return f"{count:+,}"


def format_decimal(value: float, digits: int = 6) -> str:
    """Write a width multiplier, a ratio or another short decimal: 0.75 → "0.75", 1.0 → "1".

    ``digits``: the most significant digits that are kept.
    """
    return f"{value:.{digits}g}"


def format_fixed(value: float | Fraction, places: int) -> str:
    """Write a number to a fixed number of places, halves away from zero: 0.125 → "0.13"."""
    return f"{_round(_exact(value), places):f}"


def format_percent(percent: float | Fraction | None, places: int = 2) -> str:
    """Write a share that is already in percent: 94.859 → "94.86%"; nothing for None."""
    return "" if percent is None else f"{format_fixed(percent, places)}%"


def format_share(share: float | Fraction, places: int = 2) -> str:
    """Write a share of 1 in percent: 0.94859 → "94.86%"."""
    return format_percent(100 * share, places)


def format_signed_percent(percent: float | Fraction | None, places: int = 2) -> str:
    """Write a difference in percent: 3.0 → "+3.00%"; nothing for None."""
    return "" if percent is None else f"{_round(_exact(percent), places):+f}%"


def format_ms(milliseconds: float) -> str:
    """Write a time in milliseconds with three significant digits below 100."""
    if milliseconds < 1:
        return format_fixed(milliseconds, 3)
    return format_fixed(milliseconds, 2 if milliseconds < 100 else 0)


def percent(part: Any, whole: Any, digits: int | None = None) -> float | None:
    """Return a part's share of ``whole`` in percent; None where the whole is 0.

    ``digits``: decimal places to round to.
    """
    if not whole:
        return None
    share = float(100 * part / whole)
    return share if digits is None else round(share, digits)


def percent_change(before: Any, after: Any, digits: int | None = None) -> float | None:
    """Return by how many percent ``after`` lies above ``before``; None where that is 0."""
    return percent(after - before, before, digits)


def _format(count: int, units: tuple[tuple[str, int], ...], digits: int) -> str:
    above: tuple[str, int] | None = None
    for suffix, size in reversed(units):
        if abs(count) >= size and suffix:
            value = Fraction(count, size)
            whole = len(str(abs(count) // size))
            rounded = _round(value, max(0, digits - whole))
            if above and abs(rounded) * size >= above[1]:
                # 999_999 rounds up into the next unit: 1.00M, not 1000K
                return _format(above[1] if count > 0 else -above[1], units, digits)
            return f"{rounded:f}{suffix}"
        above = suffix, size
    return str(count)


def _exact(value: float | Fraction) -> Fraction:
    # numpy's numbers become Python's first
    return Fraction(value if isinstance(value, (int, Fraction)) else float(value))


def _round(value: Fraction, places: int) -> Decimal:
    """Round to the nearest, halves away from zero, with integers alone."""
    steps = int(abs(value) * 10**places + Fraction(1, 2))
    return Decimal((int(value < 0), tuple(map(int, str(steps))), -places))
