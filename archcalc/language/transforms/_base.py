"""The interface of a transform, and the parsers of the value after its "="."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from archcalc.language.transforms._edit import Editor


class Transform(ABC):
    """One named step. ``edit`` changes a document of plain data, in place."""

    name: ClassVar[str]
    values: ClassVar[str]
    """The values that may follow the "=", for help and messages."""
    about: ClassVar[str]
    of_extended: ClassVar[bool] = True
    """Whether it also changes the specs that a spec extends."""

    @abstractmethod
    def edit(self, editor: Editor, value: Any) -> None:
        """Apply the step with ``value``, a text or a plain value.

        Raises ValueError with what was expected, or why nothing can change.
        """


def integer(value: Any, least: int, most: int) -> int:
    """Return a whole number, given as a number or as digits; raises ValueError out of range."""
    text = "" if isinstance(value, (bool, float)) else str(value)
    if text.isdecimal() and text.isascii() and least <= int(text[:9]) <= most:
        return int(text[:9])
    raise ValueError(f"expected a whole number from {least} to {most}")


def choice(value: Any, known: Sequence[str]) -> str:
    """Return one of ``known``; raises ValueError that lists them."""
    if value not in known:
        raise ValueError(f"expected {' or '.join((', '.join(known[:-1]), known[-1]))}")
    return str(value)
