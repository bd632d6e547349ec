"""Fields of the URL: what a page's state is made of, read from text and written back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from archcalc import ArchcalcError, UnknownName
from archcalc.base.errors import shorten
from archcalc.base.units import format_decimal

LONGEST = 2000
"""Characters of one value: what a link may hold."""


@dataclass(frozen=True)
class Field:
    """One part of the state, named as in the URL.

    ``read`` makes its value of text and raises ArchcalcError or ValueError for what it is not;
    ``write`` is its inverse. The default is left out of the URL. ``options``: all that it can be,
    where these are few; ``bounds``: of an integer.
    """

    name: str
    default: Any
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    options: tuple[str, ...] = ()
    bounds: tuple[int, ...] = ()

    def parse(self, text: str) -> Any:
        """Return the value of a text from outside; raises ArchcalcError or ValueError."""
        if len(text) > LONGEST:
            raise ArchcalcError(f"{self.name}: at most {LONGEST} characters")
        return self.read(text)


class Values(Protocol):
    """The values of fields: the state, or a dict of them."""

    def __getitem__(self, field: Field, /) -> Any:
        """Return a field's value."""


@dataclass(frozen=True)
class Fault:
    """A value of a link that was ignored: its field, its text, and why."""

    name: str
    text: str
    why: str


def one_of(name: str, known: Iterable[str]) -> Callable[[str], str]:
    """Return a reader of one of some names."""
    names = tuple(known)

    def read(text: str) -> str:
        if text not in names:
            raise UnknownName(name, text, names)
        return text

    return read


def choice_field(name: str, known: Sequence[str], default: str | None = None) -> Field:
    """Return a field that is one of some names; by default the first."""
    first = known[0] if default is None else default
    return Field(name, first, one_of(name, known), options=tuple(known))


def whole_field(name: str, default: int, least: int, most: int) -> Field:
    """Return a field that is an integer from ``least`` to ``most``."""

    def read(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() else -1
        if not least <= value <= most:
            raise ArchcalcError(f"{name}: an integer from {least} to {most}, not '{text}'")
        return value

    return Field(name, default, read, bounds=(least, most))


def number_field(name: str, default: float, least: float, most: float) -> Field:
    """Return a field that is a number from ``least`` to ``most``."""

    def read(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ArchcalcError(
                f"{name}: a number from {format_decimal(least)} to {format_decimal(most)}, not "
                f"'{text}'"
            )
        return value

    return Field(name, default, read, format_decimal)


def names_field(
    name: str, read: Callable[[str], str], default: tuple[str, ...] = (), *, empty: bool = False
) -> Field:
    """Return a field that is several names with commas between, each once; ``empty``: or none."""

    def read_names(text: str) -> tuple[str, ...]:
        if empty and not text:
            return ()
        return tuple(dict.fromkeys(read(one) for one in text.split(",")))

    return Field(name, default, read_names, ",".join)


def key_field(name: str) -> Field:
    """Return a field that is the key of something shown, "" for none.

    Whether there is such a key is seen where it is shown.
    """
    return Field(name, "", lambda text: shorten(text, 200))


def read_all(
    fields: Iterable[Field], params: Mapping[str, str]
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the value of every field, and the faults of those that are ignored."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in fields:
        values[field.name] = field.default
        text = params.get(field.name)
        if text is None:
            continue
        try:
            values[field.name] = field.parse(text)
        except (ArchcalcError, ValueError) as error:
            faults.append(Fault(field.name, shorten(text), str(error)))
    return values, faults


def write_all(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Return what the URL holds: the text of every field that is not at its default."""
    return {
        field.name: field.write(values[field.name])
        for field in fields
        if values[field.name] != field.default
    }
