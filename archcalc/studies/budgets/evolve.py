"""NSGA-II over vectors of small integers, by pymoo; the caller evaluates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import MissingPackage

Genes = npt.NDArray[np.int64]
"""One row per individual."""
Evaluate = Callable[[Genes], tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]
"""Returns objectives (minimised) and constraints (violated above 0), a row each."""


def evolve(
    evaluate: Evaluate,
    *,
    shape: tuple[int, int],
    constraints: int,
    population: int,
    generations: int,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Run NSGA-II with two objectives; ``evaluate`` stores the results.

    ``shape``: genes of an individual, and values of a gene (from 0). Returns nothing: the front
    of all evaluated individuals is at least as good as that of the last generation.

    Raises MissingPackage without pymoo.
    """
    try:
        from pymoo.algorithms.moo.nsga2 import NSGA2
        from pymoo.core.callback import Callback
        from pymoo.core.problem import Problem
        from pymoo.operators.crossover.sbx import SBX
        from pymoo.operators.mutation.pm import PM
        from pymoo.operators.repair.rounding import RoundingRepair
        from pymoo.operators.sampling.rnd import IntegerRandomSampling
        from pymoo.optimize import minimize
    except ImportError:
        raise MissingPackage("a search over free stages", "pymoo", "search") from None

    class Integers(Problem):  # type: ignore[misc]  # pymoo ships no types
        def __init__(self) -> None:
            super().__init__(
                n_var=shape[0],
                n_obj=2,
                n_ieq_constr=constraints,
                xl=0,
                xu=shape[1] - 1,
                vtype=int,
            )

        def _evaluate(self, x: Genes, out: dict[str, Any], *_: Any, **__: Any) -> None:
            out["F"], broken = evaluate(x)
            if constraints:
                out["G"] = broken

    class Progress(Callback):  # type: ignore[misc]
        def notify(self, algorithm: Any) -> None:
            if progress:
                progress(int(algorithm.n_gen), generations)

    # integers: operators of real numbers with rounding repair, as in pymoo's guide
    integers = {"vtype": float, "repair": RoundingRepair()}
    algorithm = NSGA2(
        pop_size=population,
        sampling=IntegerRandomSampling(),
        crossover=SBX(prob=0.9, eta=3.0, **integers),
        mutation=PM(eta=3.0, **integers),
        eliminate_duplicates=True,
    )
    minimize(
        Integers(), algorithm, ("n_gen", generations), seed=seed, callback=Progress(), verbose=False
    )
