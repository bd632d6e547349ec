"""What is looked at: a model at a width, a resolution, a prune ratio, counted in one way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from archcalc import CONVENTIONS, ArchcalcError, zoo_names
from archcalc.base.messages import LANGUAGES
from archcalc.base.names import resolution_name
from archcalc.base.number import SCALE, parse_cut, parse_width
from archcalc.base.units import format_decimal
from archcalc.cost.counting.layer import DTYPES
from archcalc.language.transforms import parse_sets
from dashboard.shell.fields import Field, choice_field, one_of

OWN = "own:"
"""How the name of a model begins that a person has brought, and no other session knows."""

FIRST = "mobilenet_v2"
"""The model that a first visit shows."""


@dataclass(frozen=True)
class Choice:
    """One variant under one convention: every knob, in the units of `build` and `count`.

    ``resolution`` None: the reference side. ``prune``: one ratio, or pairs of group, row or
    stage with its ratio, as `build` reads them. ``set``: transforms, as `transform` reads them.
    """

    model: str = FIRST
    width: float = 1.0
    resolution: int | str | None = None
    prune: float | tuple[tuple[str, float], ...] = 0.0
    convention: str = "paper"
    dtype: str = "f32"
    set: str = ""

    @property
    def text(self) -> str:
        """The choice as one text, which `read_choice` reads: "mobilenet_v2;width=0.75"."""
        parts = [
            f"{field.name}={FIELD[field.name].write(getattr(self, field.name))}"
            for field in fields(self)[1:]
            if getattr(self, field.name) != field.default
        ]
        return ";".join([self.model, *parts])


def read_choice(text: str) -> Choice:
    """Read the text of a choice; raises ArchcalcError.

    >>> read_choice("mobilenet_v1;width=0.5;prune=stage_2:0.5").prune
    (('stage_2', 0.5),)
    """
    model, *parts = text.split(";")
    knob = one_of("knob", (field.name for field in fields(Choice)[1:]))
    values: dict[str, Any] = {"model": FIELD["model"].read(model)}
    for part in parts:
        name, _, value = part.partition("=")
        values[name] = FIELD[knob(name)].read(value)
    return Choice(**values)


def read_model(text: str) -> str:
    """Read a zoo name, or one of a session's own models."""
    return text if text.startswith(OWN) else one_of("model", zoo_names())(text)


def read_width(text: str) -> float:
    """Read a width multiplier, exact to four decimals."""
    return parse_width(text) / SCALE


def read_resolution(text: str) -> int | str | None:
    """Read "224" or "224x160"."""
    from archcalc.language.graph.build import parse_resolution

    return resolution_name(*parse_resolution(text, (1, 1)))


def read_prune(text: str) -> float | tuple[tuple[str, float], ...]:
    """Read "0.5", or "stage_2:0.5,conv_3.1:0.25"."""
    if ":" not in text:
        return _ratio(text)
    pairs = [pair.rpartition(":") for pair in text.split(",")]
    if len({name for name, _, _ in pairs}) < len(pairs) or not all(name for name, _, _ in pairs):
        raise ArchcalcError(f"prune: pairs such as stage_2:0.5, each name once, not '{text}'")
    return tuple((name, _ratio(ratio)) for name, _, ratio in pairs)


def write_prune(value: float | tuple[tuple[str, float], ...]) -> str:
    """Write a prune ratio, or pairs of them, as `read_prune` reads it."""
    if isinstance(value, tuple):
        return ",".join(f"{name}:{format_decimal(ratio)}" for name, ratio in value)
    return format_decimal(value)


def _ratio(text: str) -> float:
    return parse_cut(text, "prune") / SCALE


def read_set(text: str) -> str:
    """Read transforms: "act=relu,se=off"."""
    return ",".join(f"{name}={value}" for name, value in parse_sets(text).items())


def _number(value: float) -> str:
    return format_decimal(value)


_READ: dict[str, Callable[[str], Any]] = {
    "model": read_model,
    "width": read_width,
    "resolution": read_resolution,
    "prune": read_prune,
    "convention": one_of("convention", CONVENTIONS),
    "dtype": one_of("dtype", DTYPES),
    "set": read_set,
}
_WRITE: dict[str, Callable[[Any], str]] = {"width": _number, "prune": write_prune}

FIELD = {
    field.name: Field(field.name, field.default, _READ[field.name], _WRITE.get(field.name, str))
    for field in fields(Choice)
}
"""The fields of a choice by their names."""

BASELINE = Field("baseline", None, read_choice, lambda choice: choice.text)
"""The pinned choice that figures are compared with, or None."""

LANGUAGE = choice_field("lang", tuple(LANGUAGES))


def language_of(locale: str | None) -> str:
    """Return the language for a browser's locale, such as "zh-CN".

    >>> language_of("zh-CN"), language_of("de"), language_of(None)
    ('zh', 'en', 'en')
    """
    spoken = (locale or "").lower().partition("-")[0]
    return spoken if spoken in LANGUAGES else LANGUAGE.default


COMMON = (*FIELD.values(), BASELINE, LANGUAGE)
"""What every page keeps in the URL."""


def fitted(choice: Choice, *, has_width: bool) -> Choice:
    """Return a choice that its model can have: one without a width rule has width 1 only."""
    return choice if has_width or choice.width == 1 else replace(choice, width=1.0)
