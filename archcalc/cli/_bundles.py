"""Options that go together: a command takes each bundle as one parameter of its function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from archcalc.cli._options import (
    Batch,
    Convention,
    Dtype,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
)

_RANGE = "START:STOP:STEP, or values with commas"


@dataclass(frozen=True)
class Variant:
    """Which variant of a MODEL argument's net is meant."""

    width: Width = None
    resolution: Resolution = None
    prune: Prune = None
    multiple: Multiple = 8
    param: Param = None
    sets: Set = None


@dataclass(frozen=True)
class Counting:
    """How a net is counted, besides the convention: keywords of `count`, `sweep` and `search`."""

    batch: Batch = 1
    dtype: Dtype = "f32"


@dataclass(frozen=True, kw_only=True)
class Sweeping:
    """What is swept over, and which table is made of it."""

    widths: Annotated[
        str,
        typer.Option("--widths", metavar="RANGE", help=f"Width multipliers: {_RANGE}."),
    ] = "1"
    resolutions: Annotated[
        str | None,
        typer.Option(
            "--resolutions",
            metavar="RANGE",
            help="Input sides in pixels, likewise; 224x160 where not square. Default: the paper's.",
        ),
    ] = None
    prunes: Annotated[
        list[str] | None,
        typer.Option(
            "--prunes",
            metavar="[NAME=]RANGE",
            help="Shares of the channels to cut after width, likewise; of one group, row or "
            "stage_N. Repeatable: every combination.",
        ),
    ] = None
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE[/VALUE...]",
            help="A transform for every variant: act=relu, se=on, kernel=5, head=classes:10. "
            "Several values are alternatives, 'printed' the paper's own: "
            "act=printed/relu. Repeatable: every combination.",
        ),
    ] = None
    convention: Convention = "paper"
    multiple: Multiple = 8
    param: Param = None
    counting: Counting
    layers: Annotated[
        bool, typer.Option("--layers", help="One record for each variant and layer.")
    ] = False
    closed_form: Annotated[
        bool,
        typer.Option(
            "--closed-form", help="α²ρ² beside the exact MAdds: how far it is off, and why."
        ),
    ] = False


def flat(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose parameters are options only, as typer reads them.

    A bundle is a parameter whose type is a dataclass; its fields, which may be bundles too, become
    parameters in its place.
    """

    @wraps(command)
    def flattened(**options: Any) -> None:
        _call(command, options)

    parameters = list(_parameters(command))
    vars(flattened)["__signature__"] = inspect.Signature(parameters)
    flattened.__annotations__ = {one.name: one.annotation for one in parameters}
    return flattened


def _parameters(function: Callable[..., Any]) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(function, include_extras=True)
    for name, own in inspect.signature(function).parameters.items():
        if is_dataclass(hints[name]):
            yield from _parameters(hints[name])
        else:
            yield own.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name])


def _call(function: Callable[..., Any], options: Mapping[str, Any]) -> Any:
    """Call a command, or make a bundle, with the options that it names."""
    hints = get_type_hints(function, include_extras=True)
    names = inspect.signature(function).parameters
    given = {
        name: _call(hints[name], options) if is_dataclass(hints[name]) else options[name]
        for name in names
    }
    return function(**given)
