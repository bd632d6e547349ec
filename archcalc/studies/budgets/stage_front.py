"""The front of free per-stage widths, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import BudgetExceeded
from archcalc.base.names import COSTS
from archcalc.base.number import SCALE
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_exact, percent_change
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph import Net
from archcalc.studies.budgets.budget import COLUMN_OF, Budget


@dataclass(frozen=True)
class StageFront(Table):
    """The Pareto front of per-stage prune ratios, the most MAdds first.

    ``net``: the pruned net. ``against``: the minimised cost. ``evaluated`` of ``possible``
    variants; where they are equal the front is exact.
    """

    kind: ClassVar[str] = "stages"
    net: Net
    budget: Budget
    against: str
    convention: Convention
    stages: tuple[str, ...]
    evaluated: int
    possible: int
    front: tuple[Record, ...]
    uniform_most: int | None
    """Maximum MAdds of a uniform width multiplier within the budget; None where none fits."""
    shown: int | None = None

    def __len__(self) -> int:
        return len(self.front)

    @property
    def title(self) -> str:
        aims = f"most MAdds, least {COSTS[self.against]}"
        return f"{self.net.title}, each stage cut by itself · {aims} · {self.budget}"

    @property
    def best(self) -> Record:
        """The point with the most MAdds; raises BudgetExceeded where nothing fits."""
        if not self.front:
            raise BudgetExceeded(
                f"none of {format_exact(self.evaluated)} variants of {self.net.title} with its "
                "stages cut "
                f"fits {self.budget}"
            )
        return self.front[0]

    def prune(self, index: int = 0) -> dict[str, float]:
        """Return the prune ratios of one point of the front, for `build`."""
        return {name: self.front[index][name] for name in self.stages}

    def head(self, shown: int | None) -> StageFront:
        """Return the same front, limited to ``shown`` evenly spaced records."""
        return replace(self, shown=shown)

    def records(self) -> list[Record]:
        """Return one record per point: a ratio per stage, costs, and the uniform width's."""
        size = len(self.front)
        if self.shown is None or size <= self.shown:
            return list(self.front)
        chosen = np.unique(np.linspace(0, size - 1, self.shown).round().astype(int))
        return [self.front[index] for index in chosen.tolist()]

    def to_dict(self) -> Record:
        return {
            "model": self.net.name,
            "width": self.net.width,
            "resolution": self.net.resolution,
            "budget": {COLUMN_OF[name]: limit for name, limit in self.budget.limits.items()},
            "against": self.against,
            "convention": self.convention.name,
            "stages": list(self.stages),
            "evaluated": self.evaluated,
            "possible": self.possible,
            "front": self.records(),
            "notes": list(self.notes()),
        }

    def notes(self) -> Sequence[str]:
        how = (
            f"all {format_exact(self.possible)} variants were evaluated"
            if self.evaluated == self.possible
            else f"{format_exact(self.evaluated)} of {format_exact(self.possible)} variants were "
            "evaluated (NSGA-II); "
            "a variant that was not could be better"
        )
        most, word = self.uniform_most, COSTS[self.against]
        if self.net.spec.rounding is None:
            uniform = f"{self.net.name} has no width multiplier to compare with"
        elif most is None:
            uniform = "no uniform width multiplier fits the budget"
        else:
            uniform = f"a uniform width multiplier keeps at most {format_exact(most)} MAdds"
        return [
            "MAdds kept against cost: no accuracy is known of such nets, and none is guessed",
            f"front of {len(self.front)}: {how}",
            uniform,
            f"uniform: the least {word} that one needs for as many MAdds in this budget",
            f"{self.convention.name}: {self.convention.about}",
        ]


def stage_record(
    names: Sequence[str],
    ratios: npt.NDArray[np.int64],
    costs: Mapping[str, int],
    against: str,
    uniform: Mapping[str, npt.NDArray[np.int64]],
) -> Record:
    """Return one point: ratios in 1/10⁴ by stage, its costs, and the uniform width's."""
    needed: Any = None
    if uniform:
        enough = uniform["madds"] >= costs["madds"]
        needed = int(uniform[against][enough].min()) if enough.any() else None
    saved = percent_change(needed or 0, costs[against], 4)
    return {
        **{name: ratio / SCALE for name, ratio in zip(names, ratios.tolist(), strict=True)},
        **{name: costs[name] for name in QUANTITIES},
        f"uniform_{against}": needed,
        "difference_percent": saved,
    }
