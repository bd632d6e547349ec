"""All variants along one line: every width, every resolution, every prune ratio of one net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archcalc.budgets.published import published
from archcalc.cost.convention import Convention
from archcalc.errors import ShapeError
from archcalc.graph.build import build
from archcalc.limits import SIDE, WIDTH
from archcalc.loading import load
from archcalc.number import SCALE
from archcalc.scaling.grid import Part
from archcalc.scaling.sweep import Point, sweep
from archcalc.spec.find import zoo_names
from archcalc.spec.spec import Spec


@dataclass(frozen=True)
class Lines:
    """Lists of variants of a net that differ from the printed one in one thing.

    ``by``: the cost in question, a column of `Grid`.
    """

    spec: Spec
    by: str
    convention: Convention
    multiple: int
    dtype: str

    def along(self, name: str, target: int) -> Part | None:
        """Return all variants in "width", "resolution" or "prune", in ascending order.

        Widths and resolutions go up to one that costs at least ``target``, if there is one; None
        where the net has no width multiplier or no square input.
        """
        lines = {"width": self._widths, "resolution": self._sides, "prune": self._prunes}
        points = lines[name](target)
        return self._part(self.spec, points) if points else None

    def others(self) -> Iterator[Part]:
        """Yield of each other net of the zoo its variants: printed, and of published accuracy."""
        for name in zoo_names():
            if name != self.spec.name:
                other = load(name)
                variants = dict.fromkeys([(SCALE, other.input[1:]), *published(other)])
                yield self._part(other, [(_ratio(width), side, 0) for width, side in variants])

    def _widths(self, target: int) -> list[Point]:
        if self.spec.head.rounding is None:
            return []
        top = 2
        while top < WIDTH and self._cost(top, None) < target:
            top *= 2
        return [(_ratio(index), None, 0) for index in range(1, top * SCALE + 1)]

    def _sides(self, target: int) -> list[Point]:
        _, height, width = self.spec.input
        if height != width:
            return []
        top = 2 * height
        # parameters do not grow with the input, and no side reaches them
        while top < SIDE and self._cost(1, height) < self._cost(1, top) < target:
            top = min(2 * top, SIDE)
        return [(1, side, 0) for side in range(self._least_side(), top + 1)]

    def _prunes(self, target: int) -> list[Point]:
        del target  # every ratio there is
        return [(1, None, _ratio(index)) for index in range(SCALE)]

    def _least_side(self) -> int:
        """Return the smallest input at which no map vanishes."""
        low, high = 1, self.spec.input[1]
        while low < high:
            middle = (low + high) // 2
            try:
                build(self.spec, resolution=middle)
                high = middle
            except ShapeError:
                low = middle + 1
        return high

    def _cost(self, width: int, side: int | None) -> int:
        return int(getattr(self._part(self.spec, [(width, side, 0)]).totals, self.by)[0])

    def _part(self, spec: Spec, points: list[Any]) -> Part:
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
    return f"{index / SCALE:.10g}"
