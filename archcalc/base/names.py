"""How variants, sizes, quantities and verdicts are written, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from archcalc.base.units import format_decimal

_AT = re.compile(r"(?P<name>.+)@(?P<width>[0-9.]+)(?:-(?P<resolution>[0-9]+(?:x[0-9]+)?))?")
_SETS = re.compile(r"(?P<name>[^+]+)(?P<sets>(?:\+[a-z0-9_]+=[^+=]+)+)")

Sets = Mapping[str, Any] | Iterable[str | tuple[str, Any]]
"""Transforms in order, as a mapping, as texts "act=relu" or as pairs."""


@dataclass(frozen=True)
class VariantName:
    """A variant in one word that the command line reads: "mobilenet_v2+act=relu@0.75-160".

    Each part is text as typed, "" where not given (width 1, or the paper's resolution). A
    resolution is only written after a width.

    >>> str(VariantName.of("mobilenet_v2", {"act": "relu"}, width=0.75, resolution=160))
    'mobilenet_v2+act=relu@0.75-160'
    >>> VariantName.parse("mobilenet_v2+act=relu@0.75-160").sets
    ('act=relu',)
    """

    name: str
    sets: tuple[str, ...] = ()
    width: str = ""
    resolution: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        sets: Sets = (),
        *,
        width: float | None = None,
        resolution: int | str | None = None,
    ) -> VariantName:
        """Return the name of a variant of ``name``; None where it is the printed one."""
        if resolution is None:
            return cls(name, set_texts(sets), "" if width is None else format_decimal(width))
        shown = format_decimal(1 if width is None else width)
        return cls(name, set_texts(sets), shown, str(resolution))

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> VariantName:
        """Return the name of a record's variant, its width and its resolution always in it."""
        sets = [text.strip() for text in (record.get("set") or "").split(",") if text]
        return cls.of(record["model"], sets, width=record["width"], resolution=record["resolution"])

    @classmethod
    def parse(cls, text: str) -> VariantName:
        """Read a variant; a text of any other form is a name alone."""
        at = _AT.fullmatch(text)
        name, width, resolution = at.groups("") if at else (text, "", "")
        changed = _SETS.fullmatch(name)
        sets = tuple(changed["sets"][1:].split("+")) if changed else ()
        return cls(changed["name"] if changed else name, sets, width, resolution)

    def __str__(self) -> str:
        text = "+".join((self.name, *self.sets))
        if not self.width:
            return text
        return f"{text}@{self.width}" + (f"-{self.resolution}" if self.resolution else "")


def set_texts(sets: Sets) -> tuple[str, ...]:
    """Return transforms as texts: {"act": "relu"} → ("act=relu",)."""
    each = sets.items() if isinstance(sets, Mapping) else sets
    return tuple(one if isinstance(one, str) else f"{one[0]}={one[1]}" for one in each)


def size_text(size: tuple[int, int, int]) -> str:
    """Write (channels, height, width) as papers do: "224x224x3"."""
    channels, height, width = size
    return sides_text(height, width, channels)


def sides_text(*sides: Any) -> str:
    """Write the sides of a map, a kernel or a picture: "224x160"."""
    return "x".join(map(str, sides))


def resolution_name(height: int, width: int) -> int | str:
    """Return an input size as `build` reads it: 224, or "224x160" where it is not square."""
    return height if height == width else sides_text(height, width)


def table_name(table: str | None) -> str | None:
    """Return the name of a table of a paper: "table 1", or as the spec has it."""
    return f"table {table}" if table and table[0].isdigit() else table


def paper_place(arxiv: str | None, url: str | None = None) -> str | None:
    """Return where a paper is found: "arXiv:1801.04381", or its address."""
    return f"arXiv:{arxiv}" if arxiv else url


COSTS: Mapping[str, str] = MappingProxyType(
    {
        "madds": "MAdds",
        "params": "parameters",
        "weight_bytes": "weights",
        "activation_bytes": "activations",
        "peak_memory_bytes": "peak memory",
        "latency_ms": "latency",
    }
)
"""The English names of costs, in a sentence and on an axis, for output that is not translated."""
_PHONE = re.compile(r"([a-z]+)([0-9]+)")


def phone_name(phone: str) -> str:
    """Return a phone of a paper's latencies by its own name: "pixel1" → "Pixel 1"."""
    named = _PHONE.fullmatch(phone)
    return f"{named[1].title()} {named[2]}" if named else phone.replace("_", " ")


@dataclass(frozen=True)
class Mark:
    """A verdict's sign and colours; the sign makes it readable without colour.

    ``style``: of a terminal; ``ink`` on ``tint``: of a page and a workbook.
    """

    sign: str
    style: str
    ink: str
    tint: str


_GREEN, _RED = ("#17603b", "#e2f3e9"), ("#9b1c1c", "#fde7e7")
_BLUE, _AMBER, _GREY = ("#1c4d83", "#e3edf9"), ("#7d4a00", "#fcefd3"), ("#48515b", "#eceff2")

MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "reproduced": Mark("✓", "green", *_GREEN),
        "erratum": Mark("†", "yellow", *_AMBER),
        "close": Mark("≈", "cyan", *_BLUE),
        "differs": Mark("✗", "bold red", *_RED),
        "not computable": Mark("–", "dim", *_GREY),
        "same": Mark("=", "dim", *_GREY),
        "changed": Mark("~", "", *_BLUE),
        "removed": Mark("−", "red", *_RED),
        "added": Mark("+", "green", *_GREEN),
    }
)
"""The marks of verdicts on printed figures, and of the status of a block between two nets."""
