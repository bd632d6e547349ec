"""Variants that fit a budget, as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.base.names import resolution_name
from archcalc.base.number import SCALE
from archcalc.base.tables import Record
from archcalc.cost.scaling.grid import QUANTITIES, GridPart, prune_text
from archcalc.language.graph import Net
from archcalc.language.graph.build import Prune, build
from archcalc.language.spec.spec import Spec
from archcalc.studies.budgets.accuracy import BASES, Family, Integers
from archcalc.studies.budgets.regression import Floats


@dataclass(frozen=True)
class Candidate:
    """One searched net under one set of transforms, with its accuracies."""

    spec: Spec
    """As transformed."""
    family: Family
    multiple: int


@dataclass(frozen=True)
class Choices:
    """Variants as columns of one length; costs in the units of `archcalc.cost.scaling.Grid`."""

    candidate: Integers
    """Index into the candidates."""
    width: Integers
    """Multiplier in 1/10⁴."""
    height: Integers
    side: Integers
    prune: npt.NDArray[np.object_]
    costs: dict[str, Integers]
    top1: Floats
    basis: npt.NDArray[np.int8]
    latency: Floats
    """Measured, in milliseconds; NaN where not measured."""

    def __len__(self) -> int:
        return len(self.width)

    def take(self, index: npt.NDArray[Any]) -> Choices:
        """Return the variants selected by a mask or an array of indices, in its order."""
        columns = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "costs"}
        costs = {name: cost[index] for name, cost in self.costs.items()}
        return Choices(**{name: column[index] for name, column in columns.items()}, costs=costs)

    def record(self, index: int, candidates: Sequence[Candidate]) -> Record:
        """Return one variant: its choices, costs, accuracy and the accuracy's source."""
        own = candidates[int(self.candidate[index])]
        side = int(self.height[index]), int(self.side[index])
        basis = BASES[int(self.basis[index])]
        width, top1, latency = int(self.width[index]), self.top1[index], self.latency[index]
        return {
            "model": own.family.model,
            "width": width / SCALE,
            "resolution": resolution_name(*side),
            "prune": prune_text(self.prune[index]),
            "set": own.family.sets,
            **{name: int(self.costs[name][index]) for name in QUANTITIES},
            "top1": None if basis is None else round(float(top1), 2),
            "basis": basis,
            "source": own.family.source(width, side) if basis == "published" else None,
            "latency_ms": None if np.isnan(latency) else float(latency),
        }

    def net(self, index: int, candidates: Sequence[Candidate]) -> Net:
        """Return one variant as a net."""
        own = candidates[int(self.candidate[index])]
        return build(
            own.spec,
            width=int(self.width[index]) / SCALE,
            resolution=(int(self.height[index]), int(self.side[index])),
            prune=self.prune[index],
            multiple=own.multiple,
        )


def choices_of(
    part: GridPart, candidate: int, family: Family, fits: npt.NDArray[np.bool_]
) -> Choices:
    """Return the variants of a grid part selected by a flat mask, with their accuracies."""
    index = np.flatnonzero(fits)
    shape = part.totals.madds.shape
    where = np.unravel_index(index, shape) if part.is_product else (index, index, index)
    heights, sides = np.asarray(part.resolutions, dtype=np.int64).T
    multipliers = np.asarray([round(float(width) * SCALE) for width in part.widths])
    prunes = np.empty(len(part.prunes), dtype=object)
    prunes[:] = part.prunes
    pruned = np.asarray([cuts(prune) for prune in part.prunes], dtype=bool)
    columns = multipliers[where[0]], heights[where[1]], sides[where[1]]
    top1, basis = family.look_up(*columns, pruned[where[2]])
    return Choices(
        np.full(len(index), candidate, dtype=np.int64),
        *columns,
        prunes[where[2]],
        {name: getattr(part.totals, name).ravel()[index] for name in QUANTITIES},
        top1,
        basis,
        np.full(len(index), np.nan),
    )


def joined(pieces: Sequence[Choices]) -> Choices:
    """Return the variants of several pieces (at least one), one after the other."""
    first = pieces[0]

    def columns() -> Iterator[tuple[str, Any]]:
        for field in fields(first):
            if field.name != "costs":
                yield field.name, np.concatenate([getattr(piece, field.name) for piece in pieces])

    costs = {name: np.concatenate([one.costs[name] for one in pieces]) for name in QUANTITIES}
    return Choices(**dict(columns()), costs=costs)


def cuts(prune: Prune) -> bool:
    """Return whether a prune ratio, or any of several, cuts anything."""
    if isinstance(prune, Mapping):
        return any(float(share) for share in prune.values())
    return bool(float(prune or 0))
