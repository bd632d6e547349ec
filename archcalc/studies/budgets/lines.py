"""All variants of a net along one axis: every width, resolution or prune ratio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from archcalc.base.errors import ShapeError
from archcalc.base.limits import SIDE, WIDTH
from archcalc.base.names import sides_text
from archcalc.base.number import SCALE
from archcalc.base.units import format_decimal, format_exact
from archcalc.cost.scaling.grid import GridPart
from archcalc.cost.scaling.possible import Mask, possible_sides, possible_widths
from archcalc.cost.scaling.sweeping import Point, sweep
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph.build import build
from archcalc.language.loading import load
from archcalc.language.spec.find import zoo_names
from archcalc.language.spec.spec import Spec
from archcalc.studies.budgets.published_figures import published


@dataclass(frozen=True)
class Lines:
    """Lists of variants of a net that differ from the printed one along one axis.

    ``by``: the compared cost, a column of `Grid`.
    """

    spec: Spec
    by: str
    convention: Convention
    multiple: int
    dtype: str

    def lacks(self, name: str) -> str | None:
        """Return why the net has no such line; None where it has one."""
        if name == "width" and self.spec.rounding is None:
            return f"{self.spec.name} has no width multiplier"
        _, height, width = self.spec.input
        if name == "resolution" and height != width:
            size = sides_text(height, width)
            return f"the input of {self.spec.name} is {size}, and only squares are tried"
        return None

    def along(self, name: str, target: int) -> tuple[GridPart, str | None]:
        """Return all variants in "width", "resolution" or "prune", in ascending order.

        Widths and resolutions go up to one that costs at least ``target``, if there is one.
        Impossible ones are left out, and reported in the text.
        """
        line = {"width": self._widths, "resolution": self._sides, "prune": self._prunes}[name]
        points, fine = line(target)
        kept = [point for point, can in zip(points, fine.tolist(), strict=True) if can]
        return self._part(self.spec, kept), self._left_out(points, fine)

    @cached_property
    def printed(self) -> int:
        """The cost of the printed net."""
        return self._cost(1, None)

    def others(self) -> Iterator[GridPart]:
        """Yield each other net of the zoo: printed, and its variants of published accuracy."""
        for name in zoo_names():
            if name != self.spec.name:
                other = load(name)
                variants = dict.fromkeys([(SCALE, other.input[1:]), *published(other)])
                yield self._part(other, [(_ratio(width), side, 0) for width, side in variants])

    def _widths(self, target: int) -> tuple[list[Point], Mask]:
        top = 2
        while True:
            widths = [_ratio(index) for index in range(1, top * SCALE + 1)]
            fine = possible_widths(self.spec, widths, [0], self.multiple)[:, 0]
            if top >= WIDTH or self._cost(widths[_last(fine)], None) >= target:
                return [(width, None, 0) for width in widths], fine
            top *= 2

    def _sides(self, target: int) -> tuple[list[Point], Mask]:
        top = min(2 * self.spec.input[1], SIDE)
        while True:
            sides = range(1, top + 1)
            fine = possible_sides(self.spec, [(side, side) for side in sides])
            # parameters do not grow with the input
            if top >= SIDE or not self.printed < self._cost(1, sides[_last(fine)]) < target:
                return [(1, side, 0) for side in sides], fine
            top = min(2 * top, SIDE)

    def _prunes(self, target: int) -> tuple[list[Point], Mask]:
        del target  # all ratios
        ratios = [_ratio(index) for index in range(SCALE)]
        fine = possible_widths(self.spec, ["1"], ratios, self.multiple)[0]
        return [(1, None, ratio) for ratio in ratios], fine

    def _left_out(self, points: list[Point], fine: Mask) -> str | None:
        """Return the number of impossible variants, with the error of one."""
        if fine.all():
            return None
        width, side, prune = points[_last(~fine)]
        why = "it cannot be built"
        try:
            build(self.spec, width=width, resolution=side, prune=prune, multiple=self.multiple)
        except ShapeError as error:
            why = str(error).removeprefix(f"{self.spec.name}: ")
        value = prune or side or width
        count = (
            f"{format_exact(int(np.count_nonzero(~fine)))} of {format_exact(len(points))} values"
        )
        return f"{count} are left out as impossible: at {value}, {why}"

    def _cost(self, width: float | str, side: int | None) -> int:
        return int(getattr(self._part(self.spec, [(width, side, 0)]).totals, self.by)[0])

    def _part(self, spec: Spec, points: list[Any]) -> GridPart:
        grid = sweep(
            spec,
            points=points,
            convention=self.convention,
            multiple=self.multiple,
            dtype=self.dtype,
        )
        return grid.parts[0]


def _ratio(index: int) -> str:
    """Write a multiple of 10⁻⁴ as the shortest decimal."""
    return format_decimal(index / SCALE)


def _last(fine: Mask) -> int:
    """Return the index of the last true one: the printed net is always possible."""
    return int(np.flatnonzero(fine)[-1])
