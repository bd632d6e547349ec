"""The result of a search: the ranked variants that fit, their Pareto front, the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError, BudgetExceeded, UnknownName
from archcalc.base.names import VariantName
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal, format_exact
from archcalc.cost.counting.table import count
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph import Net
from archcalc.studies.budgets.accuracy import PUBLISHED
from archcalc.studies.budgets.budget import COLUMN_OF, Budget, least_text, limit_text
from archcalc.studies.budgets.choices import Candidate, Choices
from archcalc.studies.budgets.pareto import non_dominated

RankedBy = Literal["top1", "madds"]


@dataclass(frozen=True)
class Frontier(Table):
    """The variants of a search that fit its budget, the best first.

    ``considered``: number of evaluated variants. ``ranked_by``: "top1", the most accurate first
    (unknown accuracies last, the most MAdds first); "madds", the most MAdds first, where no net
    has an interpolation. ``least``: the minimum of each limited cost, with its variant.
    ``measured``: variants timed for a latency budget, too slow ones too. ``remarks``: further
    notes. ``near``: the `nearest` to a given net. ``shown``: number of records; None for all.
    """

    kind: ClassVar[str] = "frontier"
    budget: Budget
    convention: Convention
    candidates: tuple[Candidate, ...]
    choices: Choices
    considered: int
    ranked_by: RankedBy
    least: dict[str, tuple[int, str]]
    measured: tuple[Record, ...] = ()
    remarks: tuple[str, ...] = ()
    batch: int = 1
    dtype: str = "f32"
    near: Record | None = None
    shown: int | None = None

    def __len__(self) -> int:
        return len(self.choices)

    @property
    def title(self) -> str:
        models = ", ".join(dict.fromkeys(own.family.model for own in self.candidates))
        return f"{models} · {self.budget} · {self.convention.name}"

    @property
    def best(self) -> Record:
        """The first choice; raises BudgetExceeded where nothing fits."""
        if not len(self):
            raise BudgetExceeded(self._why_nothing())
        return self._record(0)

    @property
    def best_net(self) -> Net:
        """The first choice as a net; raises BudgetExceeded where nothing fits."""
        if not len(self):
            raise BudgetExceeded(self._why_nothing())
        return self.choices.net(0, self.candidates)

    @cached_property
    def front(self) -> list[Record]:
        """The exact Pareto front of fewest MAdds and most top-1, cheapest first."""
        return self.pareto("madds")

    def pareto(self, cost: str = "madds") -> list[Record]:
        """Return the exact front of the least ``cost`` (a column) and the most top-1.

        Over all variants that fit and have an accuracy; empty where none has one.
        """
        if cost not in QUANTITIES:
            raise UnknownName("cost", cost, QUANTITIES)
        known = np.flatnonzero(~np.isnan(self.choices.top1))
        costs = self.choices.costs[cost][known]
        kept = non_dominated(costs, -self.choices.top1[known])
        order = np.argsort(costs[kept], kind="stable")
        return [self._record(int(index)) for index in known[kept][order]]

    def nearest(self, net: Net) -> Record:
        """Return the choice nearest to a net in log MAdds and log parameters.

        The record has that ``distance``: 0.1 is 10 % more of one of them. Raises BudgetExceeded
        where nothing fits.
        """
        if not len(self):
            raise BudgetExceeded(self._why_nothing())
        table = count(net, self.convention, batch=self.batch, dtype=self.dtype)
        if not table.madds or not table.params:
            raise ArchcalcError(
                f"{net.title}: no variant is near a net without MAdds or parameters"
            )
        distance: npt.NDArray[Any] = np.hypot(
            np.log(np.maximum(self.choices.costs["madds"], 1) / table.madds),
            np.log(np.maximum(self.choices.costs["params"], 1) / table.params),
        )
        index = int(distance.argmin())
        return {**self._record(index), "distance": round(float(distance[index]), 6)}

    def beside(self, net: Net) -> Frontier:
        """Return the same result with the choice `nearest` to a net."""
        near = self.nearest(net) if len(self) else None
        return replace(self, near=near and {"to": net.title, **near})

    def head(self, shown: int | None) -> Frontier:
        """Return the same result, limited to the first ``shown`` records."""
        return replace(self, shown=shown)

    def records(self) -> list[Record]:
        """Return one record per variant that fits, the best first."""
        size = len(self) if self.shown is None else min(len(self), self.shown)
        return [{"rank": index + 1, **self._record(index)} for index in range(size)]

    def to_dict(self) -> Record:
        return {
            "budget": {COLUMN_OF[name]: limit for name, limit in self.budget.limits.items()},
            "convention": self.convention.name,
            "batch": self.batch,
            "dtype": self.dtype,
            "considered": self.considered,
            "fitting": len(self),
            "ranked_by": self.ranked_by,
            "accuracy": [_accuracy(own) for own in self.candidates],
            "best": self._record(0) if len(self) else None,
            "front": self.front,
            "nearest": self.near,
            "choices": self.records(),
            "measured": list(self.measured),
            "notes": list(self.notes()),
        }

    def summary(self) -> Sequence[str]:
        """Return the number of variants that fit, the best, and the nearest to a given net."""
        # only the first is known to be within a latency limit
        fit = "may fit, the first does" if self.measured and len(self) else "fit"
        lines = [f"{format_exact(len(self))} of {format_exact(self.considered)} variants {fit}"]
        if len(self):
            lines.append(f"best: {_said(self._record(0))}")
        if self.near:
            lines.append(f"nearest to {self.near['to']}: {_said(self.near)}")
        return lines

    def notes(self) -> Sequence[str]:
        """Return how variants are ranked, and the errors of interpolated accuracies."""
        lines = [self._ranking(), *(own.family.describe() for own in self.candidates)]
        known = np.flatnonzero(self.choices.basis == PUBLISHED)
        if known.size and known[0]:
            top = self._record(int(known[self.choices.top1[known].argmax()]))
            lines.append(
                f"the best published that fits: {name_of(top)}, {format_decimal(top['top1'])}%"
            )
        return [*lines, *self.remarks, f"{self.convention.name}: {self.convention.about}"]

    def _record(self, index: int) -> Record:
        return self.choices.record(index, self.candidates)

    def _ranking(self) -> str:
        if self.ranked_by == "madds":
            return "ranked by MAdds, the most first: too little is published for an interpolation"
        unknown = int(np.isnan(self.choices.top1).sum())
        last = f"; {unknown} of unknown accuracy come last, by MAdds" if unknown else ""
        return f"ranked by top-1, published or interpolated as stated; equal ones by MAdds{last}"

    def _why_nothing(self) -> str:
        """Return why no variant fits, in one line."""
        nothing = f"none of {format_exact(self.considered)} variants fits {self.budget}"
        if self.measured:
            fastest = min(self.measured, key=lambda record: float(record["latency_ms"]))
            took = limit_text("latency", fastest["latency_ms"])
            return (
                f"{nothing}: of the {len(self.measured)} best, which were measured, "
                f"{name_of(fastest)} is the fastest, with {took}"
            )
        lacking = [
            f"the least are {least_text(name, value)} ({which})"
            for name, (value, which) in self.least.items()
            if value > self.budget.limits[name]
        ]
        return f"{nothing}: {'; '.join(lacking) or 'each limit is met by some, all by none'}"


def name_of(record: Record) -> str:
    """Return a record's variant in short: "mobilenet_v2@0.75-160 pruned 0.5"."""
    prune = record["prune"]
    # "stage_2=0 stage_3=0" is unpruned too
    uncut = not prune or all(part.endswith("=0") for part in str(prune).split())
    pruned = "" if uncut else f" pruned {prune}"
    return f"{VariantName.of_record(record)}{pruned}"


def _said(record: Record) -> str:
    """Return a choice and its accuracy in words."""
    if record["top1"] is None:
        return f"{name_of(record)}, accuracy unknown"
    source = f" ({record['source']})" if record["source"] else ""
    return f"{name_of(record)}, top-1 {format_decimal(record['top1'])}% {record['basis']}{source}"


def _accuracy(own: Candidate) -> Record:
    family, fit = own.family, own.family.fit
    return {
        "model": family.model,
        "set": family.sets,
        "published": len(family.points),
        "interpolation": f"{fit.form}, of {fit.link}" if fit else None,
        "loo_mean_error": round(fit.mean_error, 4) if fit else None,
        "loo_worst_error": round(fit.worst_error, 4) if fit else None,
    }
