"""Iso-cost curves: at each resolution the width that costs as much as a net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Unpack

import numpy as np

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.names import resolution_name
from archcalc.base.tables import Record, Table
from archcalc.base.units import percent_change
from archcalc.cost.counting.table import CountOptions, count
from archcalc.cost.scaling.grid import QUANTITIES, Grid
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph import Net
from archcalc.studies.budgets.plane import plane

LEVELS = ("0.25", "0.5", "1", "2")
"""Multiples of the net's cost that have a curve."""

GRAIN = "0.01"
"""Step of the tried widths: finer ones nearly always round to the same channels."""

fine_plane = partial(plane, width_step=GRAIN, side_step=8)
"""The `plane` about a net at the grain at which curves are looked for."""


@dataclass(frozen=True)
class EqualCost(Table):
    """The widest variants of a net within multiples of its cost, one at each resolution.

    A record has ``level`` (the multiple), ``target`` (the multiple times the net's cost),
    ``resolution``, ``width``, the ``cost`` of that variant and ``percent``: its difference from
    the target, at most 0. The width is the largest multiple of `GRAIN` that costs no more; where
    all widths of the plane cost less, or all more, the curve is outside it.
    """

    net: Net
    by: str
    convention: Convention
    grid: Grid
    own: int
    levels: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.net.title} · curves of equal cost · {self.convention.name}"

    def to_dict(self) -> Record:
        return {
            "model": self.net.name,
            "width": self.net.width,
            "resolution": self.net.resolution,
            "by": self.by,
            "cost": self.own,
            "convention": self.convention.name,
            "curves": self.records(),
        }

    def records(self) -> list[Record]:
        return [record for level in self.levels for record in self.curve(level)]

    def curve(self, level: str) -> Iterator[Record]:
        """Yield the records of one level, by rising resolution."""
        (part,) = self.grid.parts
        costs = getattr(part.totals, self.by)[:, :, 0]
        target = Fraction(level) * self.own
        most = target.numerator // target.denominator
        for at, side in enumerate(part.resolutions):
            fit = np.flatnonzero(costs[:, at] <= most)
            if not fit.size or fit[-1] == len(costs) - 1:
                continue
            cost = int(costs[fit[-1], at])
            yield {
                "level": float(level),
                "target": most,
                "resolution": resolution_name(*side),
                "width": float(part.widths[int(fit[-1])]),
                "cost": cost,
                "percent": percent_change(target, cost, 4),
            }

    def notes(self) -> Sequence[str]:
        return [f"{self.convention.name}: {self.convention.about}"]


def equal_cost(
    net: Net,
    by: str = "madds",
    *,
    levels: Sequence[str] = LEVELS,
    grid: Grid | None = None,
    **options: Unpack[CountOptions],
) -> EqualCost:
    """Return the curves of the net's cost ``by`` (a column of `Grid`) and of multiples of it.

    ``grid``: the `fine_plane` of the net, if already computed.

    Raises ArchcalcError for a net without a width multiplier, or one that costs nothing.
    """
    if by not in QUANTITIES:
        raise UnknownName("cost", by, QUANTITIES)
    if net.spec.rounding is None:
        raise ArchcalcError(f"equal cost: {net.spec.name} has no width multiplier")
    counted = count(net, **options)
    own = counted.totals[by]
    if not own:
        raise ArchcalcError(f"equal cost: {net.title} costs nothing")
    if grid is None:
        grid = fine_plane(net, **options)
    return EqualCost(net, by, counted.convention, grid, own, tuple(levels))
