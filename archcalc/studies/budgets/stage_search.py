"""Per-stage widths: a search over prune ratios of single stages.

No accuracy of such nets is published, and none is guessed. The front is of two exact costs: the
most MAdds (a trained net's capacity for computation) against the least of a scarce one, by default
peak memory, within a budget. Each point also has the cost of the uniform width multiplier with as
many MAdds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.number import SCALE, parse_ratio
from archcalc.base.units import format_decimal
from archcalc.cost.scaling.grid import QUANTITIES, GridPart
from archcalc.cost.scaling.sweeping import Point, Source, sweep
from archcalc.language.conventions.convention import Convention, convention_named
from archcalc.language.graph.build import Ratio, build, graph_of
from archcalc.language.loading import load
from archcalc.language.spec.spec import Spec
from archcalc.studies.budgets.budget import COLUMN_OF, Budget
from archcalc.studies.budgets.evolve import Genes, evolve
from archcalc.studies.budgets.pareto import non_dominated
from archcalc.studies.budgets.stage_front import StageFront, stage_record

MOST = 7500
"""Maximum prune ratio of a stage, in 1/10⁴."""
EXHAUSTIVE = 4096
"""Up to this many variants all are evaluated instead of sampled."""


def stages(
    spec: Source,
    budget: Budget | None = None,
    *,
    width: Ratio = 1,
    resolution: int | str | tuple[int, int] | None = None,
    against: str = "peak_memory_bytes",
    step: Ratio = "0.05",
    convention: str | Convention = "paper",
    multiple: int = 8,
    batch: int = 1,
    dtype: str = "f32",
    population: int = 64,
    generations: int = 60,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> StageFront:
    """Return the front of most MAdds and least ``against`` over per-stage prune ratios.

    Each stage of the net at ``width`` is cut by a multiple of ``step``, up to 0.75. ``against``:
    a column of `Grid` other than MAdds. NSGA-II (pymoo) proposes variants, and a generation is
    evaluated as one grid; the front is the exact one of all evaluated. Up to 4096 variants are
    all evaluated. The same seed gives the same front. ``progress`` is called with (generation,
    number of generations).

    Raises ArchcalcError for bad values and for a latency limit, MissingPackage without pymoo.
    """
    budget = budget or Budget()
    if budget.latency is not None:
        raise ArchcalcError("stages: a latency is measured on whole choices: use search")
    if against not in QUANTITIES or against == "madds":
        raise UnknownName("cost", against, [name for name in QUANTITIES if name != "madds"])
    for name, value, least, most in (
        ("population", population, 4, 10_000),
        ("generations", generations, 1, 10_000),
        ("seed", seed, 0, 2**32 - 1),  # what numpy takes
    ):
        if type(value) is not int or not least <= value <= most:
            raise ArchcalcError(f"{name}: an integer from {least} to {most}, not {value!r}")
    size = _step(step)
    levels = MOST // size + 1
    spec = load(spec)
    net = build(spec, width=width, resolution=resolution, multiple=multiple)
    numbers = {group.stage for group in graph_of(spec).prunable}
    names = tuple(f"stage_{number}" for number in sorted(numbers))
    if not names:
        raise ArchcalcError(f"{spec.name}: no stage can be cut")
    counting: dict[str, Any] = {"convention": convention_named(convention), "multiple": multiple}
    counting |= {"batch": batch, "dtype": dtype}
    problem = _Problem(spec, net.width, net.size, names, size, counting)
    if levels ** len(names) <= EXHAUSTIVE:
        problem.costs(np.asarray(list(product(range(levels), repeat=len(names)))))
    else:
        evolve(
            lambda genes: problem.objectives(genes, against, budget),
            shape=(len(names), levels),
            constraints=len(budget.limits),
            population=population,
            generations=generations,
            seed=seed,
            progress=progress,
        )
    genes, costs = problem.evaluated()
    fits = _fits(costs, budget)
    genes, costs = genes[fits], {name: cost[fits] for name, cost in costs.items()}
    kept = np.flatnonzero(non_dominated(-costs["madds"], costs[against]))
    kept = kept[np.argsort(-costs["madds"][kept], kind="stable")]
    # Two ratios may give one net, as widths are cut to multiples. The smaller ratio comes first.
    nets = np.stack([costs[name][kept] for name in QUANTITIES], axis=1)
    kept = kept[np.sort(np.unique(nets, axis=0, return_index=True)[1])]
    uniform = _uniform(problem, budget)
    return StageFront(
        net=net,
        budget=budget,
        against=against,
        convention=counting["convention"],
        stages=names,
        evaluated=len(fits),
        possible=levels ** len(names),
        uniform_most=int(uniform["madds"].max()) if uniform and len(uniform["madds"]) else None,
        front=tuple(
            stage_record(
                names,
                genes[index] * size,
                {name: int(cost[index]) for name, cost in costs.items()},
                against,
                uniform,
            )
            for index in kept
        ),
    )


@dataclass
class _Problem:
    """Per-stage ratios (genes: multiples of ``step``) to costs, each variant evaluated once."""

    spec: Spec
    width: float
    size: tuple[int, int]
    stages: tuple[str, ...]
    step: int
    counting: dict[str, Any]
    known: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)

    def costs(self, genes: Genes) -> dict[str, npt.NDArray[np.int64]]:
        """Return every cost of every row."""
        rows = [tuple(row) for row in genes.tolist()]
        new = [row for row in dict.fromkeys(rows) if row not in self.known]
        if new:
            part = self.sweep([(self.width, self.size, self._prune(row)) for row in new])
            columns = [getattr(part.totals, name).tolist() for name in QUANTITIES]
            self.known.update(zip(new, zip(*columns, strict=True), strict=True))
        found = np.asarray([self.known[row] for row in rows], dtype=np.int64)
        return dict(zip(QUANTITIES, found.T, strict=True))

    def objectives(
        self, genes: Genes, against: str, budget: Budget
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the minimised objectives (−MAdds, ``against``) and the excess over limits."""
        costs = self.costs(genes)
        over = [costs[COLUMN_OF[name]] / limit - 1 for name, limit in budget.limits.items()]
        objectives = np.stack([-costs["madds"], costs[against]], axis=1).astype(np.float64)
        return objectives, np.stack(over, axis=1) if over else np.zeros((len(genes), 0))

    def evaluated(self) -> tuple[Genes, dict[str, npt.NDArray[np.int64]]]:
        """Return every variant so far and its costs, in a deterministic order."""
        genes = np.asarray(sorted(self.known), dtype=np.int64)
        return genes, self.costs(genes)

    def sweep(self, points: list[Point]) -> GridPart:
        """Evaluate a list of variants at once."""
        return sweep(self.spec, points=points, **self.counting).parts[0]

    def _prune(self, row: Sequence[int]) -> dict[str, str]:
        return {
            name: format_decimal(level * self.step / SCALE)
            for name, level in zip(self.stages, row, strict=True)
        }


def _step(step: Ratio) -> int:
    """Return the step in 1/10⁴."""
    size = parse_ratio(step, "step")
    if not 0 < size <= MOST:
        raise ArchcalcError(
            f"step: a ratio above 0 and at most {format_decimal(MOST / SCALE)}, not {step}"
        )
    return size


def _fits(costs: dict[str, npt.NDArray[np.int64]], budget: Budget) -> npt.NDArray[np.bool_]:
    fits = np.ones(len(costs["madds"]), dtype=bool)
    for name, limit in budget.limits.items():
        fits &= costs[COLUMN_OF[name]] <= limit
    return fits


def _uniform(problem: _Problem, budget: Budget) -> dict[str, npt.NDArray[np.int64]]:
    """Return the costs of the uniform multipliers, by 0.001 up to the net's, that fit."""
    if problem.spec.rounding is None:
        return {}
    top = round(problem.width * 1000)
    part = problem.sweep(
        [(format_decimal(index / 1000), problem.size, 0) for index in range(1, top + 1)]
    )
    costs = {name: getattr(part.totals, name) for name in QUANTITIES}
    fits = _fits(costs, budget)
    return {name: cost[fits] for name, cost in costs.items()}
