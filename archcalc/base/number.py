"""Arithmetic that one rule can run on ints, numpy arrays and spreadsheet formulas.

Shape and cost rules are written once, with ``+ - * // <`` and the four functions below. Called
with ints they count one net; with numpy arrays a whole grid in one pass; with `Formula` they
write the spreadsheet cell that computes the same integer. `Number` offers nothing else, so mypy
refuses a rule that uses ``/``, ``%`` or ``if`` on a size.
"""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from archcalc.base.errors import InvalidNumber
from archcalc.base.limits import WIDTH

SCALE = 10_000
"""Width and prune ratio are exact decimals, held as integers of 1/SCALE."""


class Number(Protocol):
    """An int, an integer numpy array or a `Formula`."""

    def __add__(self, other: Any, /) -> Any: ...
    def __radd__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __rsub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __rmul__(self, other: Any, /) -> Any: ...
    def __floordiv__(self, other: Any, /) -> Any: ...
    def __lt__(self, other: Any, /) -> Any: ...


class Formula:
    """A spreadsheet expression of Excel 2007's functions, built by arithmetic.

    >>> width = Formula("A1")
    >>> (width * 3 + 1) // 2
    Formula('INT((A1*3+1)/2)')
    """

    __slots__ = ("_level", "text")

    def __init__(self, text: str, _level: int = 3) -> None:
        # _level is the binding strength of the outermost operator: 1 for + and -, 2 for *,
        # 3 for what needs no brackets. Brackets are written only where they are needed.
        self.text = text
        self._level = _level

    def __repr__(self) -> str:
        return f"Formula({self.text!r})"

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Any) -> Formula:
        if _is(other, 0):
            return self
        return Formula(f"{_operand(self, 1)}+{_operand(other, 1)}", 1)

    def __radd__(self, other: Any) -> Formula:
        if _is(other, 0):
            return self
        return Formula(f"{_operand(other, 1)}+{_operand(self, 1)}", 1)

    def __sub__(self, other: Any) -> Formula:
        return Formula(f"{_operand(self, 1)}-{_operand(other, 2)}", 1)

    def __rsub__(self, other: Any) -> Formula:
        return Formula(f"{_operand(other, 1)}-{_operand(self, 2)}", 1)

    def __mul__(self, other: Any) -> Formula:
        if _is(other, 1):
            return self
        return Formula(f"{_operand(self, 2)}*{_operand(other, 2)}", 2)

    def __rmul__(self, other: Any) -> Formula:
        if _is(other, 1):
            return self
        return Formula(f"{_operand(other, 2)}*{_operand(self, 2)}", 2)

    def __floordiv__(self, other: Any) -> Formula:
        if _is(other, 1):
            return self
        # INT rounds towards minus infinity, as // does. The quotient of two integers below 10**15
        # is never rounded up to the next integer, not even where a spreadsheet rounds to 15
        # digits first; widths times 10**4 stay far below.
        return Formula(f"INT({_operand(self, 2)}/{_operand(other, 3)})")

    def __rfloordiv__(self, other: Any) -> Formula:
        return Formula(f"INT({_operand(other, 2)}/{_operand(self, 3)})")

    def __lt__(self, other: Any) -> Formula:
        return Formula(f"{_operand(self, 1)}<{_operand(other, 1)}", 0)

    def __gt__(self, other: Any) -> Formula:
        # Python turns ``int < Formula`` into this call.
        return Formula(f"{_operand(other, 1)}<{_operand(self, 1)}", 0)


def _is(value: Any, number: int) -> bool:
    """Return whether an operand is just this int, which a formula can leave out."""
    return type(value) is int and value == number


def ceil_div(a: Number, b: Number) -> Any:
    """Return ⌈a / b⌉ for b > 0."""
    return (a + b - 1) // b


def minimum(a: Number, b: Number) -> Any:
    """Return the smaller of two numbers, element by element for arrays."""
    if isinstance(a, int) and isinstance(b, int):
        return min(a, b)
    if isinstance(a, Formula) or isinstance(b, Formula):
        return Formula(f"MIN({_operand(a, 0)},{_operand(b, 0)})")
    return _numpy().minimum(a, b)


def maximum(a: Number, b: Number) -> Any:
    """Return the larger of two numbers, element by element for arrays."""
    if isinstance(a, int) and isinstance(b, int):
        return max(a, b)
    if isinstance(a, Formula) or isinstance(b, Formula):
        return Formula(f"MAX({_operand(a, 0)},{_operand(b, 0)})")
    return _numpy().maximum(a, b)


def where(condition: Any, a: Number, b: Number) -> Any:
    """Return ``a`` where ``condition`` (the result of a ``<``) holds, else ``b``."""
    if isinstance(condition, bool):
        return a if condition else b
    if isinstance(condition, Formula):
        return Formula(f"IF({condition.text},{_operand(a, 0)},{_operand(b, 0)})")
    return _numpy().where(condition, a, b)


def parse_ratio(value: str | float | Decimal, name: str) -> int:
    """Return a decimal such as 0.75 or "0.75" as an exact integer of 1/`SCALE`.

    Floats go through their shortest text, so 0.29 is 2900 and never 2899.
    Raises InvalidNumber, naming ``name``, for what is no decimal of at most four places.
    """
    try:
        scaled = Decimal(str(value)) * SCALE
    except InvalidOperation:
        raise InvalidNumber(f"{name} must be a number, not {value!r}") from None
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise InvalidNumber(f"{name} must be a decimal of at most four places, not {value!r}")
    return int(scaled)


def parse_width(value: str | float | Decimal) -> int:
    """Return a width multiplier as an exact integer of 1/`SCALE`.

    Raises InvalidNumber for what does not lie in (0, `WIDTH`].
    """
    width = parse_ratio(value, "width")
    if not 0 < width <= WIDTH * SCALE:
        raise InvalidNumber(f"width: a multiplier above 0 and at most {WIDTH}, not {value}")
    return width


def parse_cut(value: str | float | Decimal, name: str) -> int:
    """Return a prune ratio in [0, 1) as an exact integer of 1/`SCALE`; raises InvalidNumber."""
    ratio = parse_ratio(value, name)
    if not 0 <= ratio < SCALE:
        raise InvalidNumber(f"{name}: a prune ratio of at least 0 and below 1, not {value}")
    return ratio


def _operand(value: Any, level: int) -> str:
    """Write ``value`` as an operand of an operator of binding strength ``level``."""
    if isinstance(value, Formula):
        return value.text if value._level >= level else f"({value.text})"
    return str(int(value)) if value >= 0 else f"({int(value)})"


def _numpy() -> Any:
    # A caller with an array has imported numpy already; ints and formulas must not import it.
    return sys.modules["numpy"]
