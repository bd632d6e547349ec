"""What Multipliers keeps in the URL, and the grids that its pictures are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from archcalc import Grid, Net, Spec
from archcalc.base.units import format_decimal
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.cost.scaling.possible import Side
from archcalc.cost.scaling.usual import usual_resolutions, usual_widths
from archcalc.studies.budgets.equal_cost import fine_plane
from archcalc.studies.budgets.plane import plane
from dashboard.shell.choice import FIELD, Choice
from dashboard.shell.fields import choice_field
from dashboard.shell.nets import built

COST = choice_field("quantity", QUANTITIES)
"""The cost that the pictures are of."""

AXES, GROUPINGS = ("width", "resolution"), ("stage", "op")

AGAINST = choice_field("against", AXES)
"""Which multiplier lies along the horizontal axis."""

PARTS = choice_field("parts", GROUPINGS)
"""What the contributions are of."""

FIELDS = (COST, AGAINST, PARTS)

_KEPT = 32
"""Grids that are kept: the last nets of a few people."""


def axis_of(spec: Spec, wanted: str) -> str:
    """Return what lies along the axis: the resolution where there is no width multiplier."""
    return wanted if spec.rounding is not None else "resolution"


def grid_of(net: Net, choice: Choice) -> Grid:
    """Return the costs of the plane about a net, through which a knob can be dragged.

    ``choice``: what the net was built of.
    """
    return _about(net, choice, plane)


def fine_grid_of(net: Net, choice: Choice) -> Grid:
    """Return the plane in which curves of equal cost are looked for."""
    return _about(net, choice, fine_plane)


def usual_of(net: Net, choice: Choice) -> tuple[list[float], list[Side]]:
    """Return the widths and resolutions that a reader expects, and the net's own, in order."""
    widths, sides = _usual(net.spec, _base(choice))
    every = sorted({*sides, net.size}, key=lambda side: (side[0] * side[1], side))
    return sorted({*map(float, widths), net.width}), every


def taken(choice: Choice, reference: int | str, width: object, resolution: object) -> Choice:
    """Return a choice at the width and resolution of a mark that was clicked.

    Both come from a browser; raises ArchcalcError for what is no width or no resolution.
    """
    side = FIELD["resolution"].parse(str(resolution))
    ratio = FIELD["width"].parse(str(width))
    return replace(choice, width=ratio, resolution=None if side == reference else side)


def _about(net: Net, choice: Choice, make: Callable[..., Grid]) -> Grid:
    # most choices lie in the plane about the net as it is printed, which is made once
    whole = _grid(net.spec, _base(choice), make)
    (part,) = whole.parts
    widths = () if net.width in map(float, part.widths) else (format_decimal(net.width),)
    sides = () if net.size in part.resolutions else (net.size,)
    return _grid(net.spec, _base(choice), make, widths, sides) if widths or sides else whole


@lru_cache(maxsize=_KEPT)
def _grid(
    spec: Spec,
    base: Choice,
    make: Callable[..., Grid],
    widths: tuple[str, ...] = (),
    sides: tuple[Side, ...] = (),
) -> Grid:
    net = built(spec, base)
    usual = _usual(spec, base)
    return make(
        net,
        widths=(*usual[0], *widths),
        sides=(*usual[1], *sides),
        convention=base.convention,
        dtype=base.dtype,
    )


@lru_cache(maxsize=_KEPT)
def _usual(spec: Spec, base: Choice) -> tuple[list[str], list[Side]]:
    net = built(spec, base)
    return usual_widths(net), usual_resolutions(net)


def _base(choice: Choice) -> Choice:
    """Return what a choice shares with all of its plane."""
    return replace(choice, width=1.0, resolution=None)
