"""One family of errors: every message is one line a person can act on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class ArchcalcError(Exception):
    """Base of everything archcalc raises on purpose; ``str(error)`` is ready to print."""


@dataclass(frozen=True, order=True)
class Problem:
    """One error in a spec file: where it is and what was expected there."""

    file: str
    line: int
    cell: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        text = f"{self.cell}: {self.expected}" if self.cell else self.expected
        # A name in a hostile file may hold line breaks and terminal codes: an error stays one
        # line of plain text.
        one_line = " ".join(text.split())
        return where + "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in one_line
        )


class SpecError(ArchcalcError):
    """An invalid spec: every error that one pass finds, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("a SpecError needs at least one problem")
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def file(self) -> str:
        """File of the first problem, as the user gave it."""
        return self.problems[0].file

    @property
    def line(self) -> int:
        """Line of the first problem, from 1."""
        return self.problems[0].line

    @property
    def cell(self) -> str:
        """Cell of the first problem: column or keyword with the offending text."""
        return self.problems[0].cell

    def __reduce__(self) -> tuple[type[SpecError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class InvalidNumber(ArchcalcError, ValueError):
    """A number out of range or of the wrong form, such as a width multiplier of 0."""


class ShapeError(ArchcalcError):
    """Shapes that do not fit together, or a size that shrinks to nothing."""


class BudgetExceeded(ArchcalcError):
    """A net exceeds its budget."""


class MissingPackage(ArchcalcError):
    """A required optional package is not installed."""

    def __init__(self, purpose: str, package: str, extra: str) -> None:
        super().__init__(f"{purpose} needs {package}: pip install 'archcalc[{extra}]'")


class UnknownName(ArchcalcError):
    """A name that is not among the known ones; the message lists them, nearest first."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(sorted(known))
        super().__init__(f"unknown {kind} '{shorten(name)}'{known_names(name, self.known)}")

    def __reduce__(self) -> tuple[type[UnknownName], tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.kind, self.name, self.known)


class UnknownOperator(UnknownName):
    """An operator or block that archcalc does not know."""


def known_names(name: str, known: Iterable[str]) -> str:
    """Return the ending of an "unknown X" message: a suggestion and the known names."""
    known = sorted(set(known))
    nearest = difflib.get_close_matches(name[:64].lower(), known[:1000], n=1)
    hint = f"; did you mean '{nearest[0]}'?" if nearest else ""
    more = f" and {len(known) - 40} more" if len(known) > 40 else ""
    return f"{hint} (known: {', '.join(map(shorten, known[:40]))}{more})"


def shorten(text: object, limit: int = 60) -> str:
    """Return ``text`` for quoting in a message, cut in the middle when it is long."""
    full = str(text)
    return full if len(full) <= limit else f"{full[: limit - 20]}…{full[-15:]}"
