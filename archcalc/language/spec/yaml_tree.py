"""The tree of a spec file: mappings and lists with line numbers, and scalars.

Scalars follow YAML 1.2's core schema, except that an integer with a leading zero is a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from archcalc.base import limits


class Float(float):
    """A float that keeps its source text, hence its printed precision: `1.00` is not `1.0`."""

    text: str

    def __new__(cls, value: float | str, text: str | None = None) -> Float:
        """Make a number from `value`; `text`: its text in the file."""
        number = super().__new__(cls, value)
        number.text = str(value) if text is None else text
        return number


class Integer(int):
    """An int that keeps its source text: `0x10`, `+5`."""

    text: str

    def __new__(cls, value: int, text: str | None = None) -> Integer:
        """Make an integer from `value`; `text`: its text in the file."""
        number = super().__new__(cls, value)
        number.text = str(value) if text is None else text
        return number


Scalar: TypeAlias = str | Integer | Float | bool | None


class MarkedDict(dict[str, Any]):
    """A mapping with the line of its start and, in `lines`, of each of its keys (from 1)."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 1) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class MarkedList(list[Any]):
    """A list with the line of its start and, in `lines`, of each of its items (from 1)."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 1) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# An integer with a leading zero is a label (arXiv id, version number), so it stays a text.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(
    r"[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)"
)
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC_START = frozenset("+-.0123456789")


def plain_scalar(text: str) -> Scalar:
    """Return the value of the plain (unquoted) scalar `text` in YAML 1.2's core schema."""
    if text[:1] not in _NUMERIC_START or not text:
        return _CONSTANTS.get(text, text)
    if _INTEGER.fullmatch(text):
        digits = text.lstrip("+-0ox")
        if len(digits) > limits.INTEGER_DIGITS:
            return text
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return Integer(int(text, base), text)
    if _DECIMAL.fullmatch(text):
        return Float(text, text)
    if _SPECIAL.fullmatch(text):
        return Float(text.replace(".", ""), text)
    return text


def source_text(value: object) -> str:
    """Return the source text of a scalar: as in the file for numbers, `~` for null."""
    if isinstance(value, Float | Integer):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    return "~" if value is None else str(value)


def line_of(tree: object, path: Sequence[str | int]) -> int:
    """Return the line (from 1) of the innermost value along `path` that exists in `tree`.

    Unknown steps are skipped: pydantic's `loc` also names the members of unions.
    """
    line = tree.line if isinstance(tree, MarkedDict | MarkedList) else 1
    for step in path:
        if isinstance(tree, MarkedDict) and step in tree.lines:
            key = str(step)
            line, tree = tree.lines[key], tree[key]
        elif isinstance(tree, MarkedList) and isinstance(step, int) and 0 <= step < len(tree):
            line, tree = tree.lines[step], tree[step]
    return line
