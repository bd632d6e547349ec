"""Per-stage widths: exact where all are evaluated, and never better than the exact front."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from archcalc import ArchcalcError, Budget, Spec, build, count
from archcalc.base.errors import BudgetExceeded, MissingPackage
from archcalc.studies.budgets.pareto import non_dominated
from archcalc.studies.budgets.stage_front import StageFront
from archcalc.studies.budgets.stage_search import stages
from tests.each import each

SMALL = """\
archcalc: 1
name: small
input: 16x16x3
rounding: {method: divisible}
defaults: {conv: {bn: true, act: relu}}
rows:
- {op: conv2d 3x3, out: 32, stride: 2}
- {op: conv2d 3x3, out: 48, stride: 2}
- {op: conv2d 3x3, out: 64, stride: 2}
- {op: avgpool, global: true}
- {op: fc, out: 10, scale: false}
"""


def evolved(model: Any, budget: Budget | None = None, **options: Any) -> StageFront:
    pytest.importorskip("pymoo")
    return stages(model, budget, **options)


def by_loop(spec: Spec, step: float, most: int) -> list[tuple[int, int, dict[str, float]]]:
    """Return (MAdds, peak memory, ratios) of every combination, each counted alone."""
    ratios = [round(step * index, 4) for index in range(most)]
    found = []
    for chosen in product(ratios, repeat=3):
        prune = {f"stage_{i + 1}": ratio for i, ratio in enumerate(chosen)}
        totals = count(build(spec, prune=prune)).totals
        found.append((totals["madds"], totals["peak_memory_bytes"], prune))
    return found


def test_where_all_are_evaluated_the_front_is_that_of_a_loop() -> None:
    spec = Spec(SMALL)
    found = stages(spec, step=0.15)
    assert found.evaluated == found.possible == 6**3
    assert any("all 216 variants" in note for note in found.notes())
    points = {(madds, peak) for madds, peak, _ in by_loop(spec, 0.15, 6)}
    front = {
        one
        for one in points
        if not any(o[0] >= one[0] and o[1] <= one[1] and o != one for o in points)
    }
    assert {(r["madds"], r["peak_memory_bytes"]) for r in found.front} == front
    madds = [record["madds"] for record in found.front]
    assert madds == sorted(madds, reverse=True)


@pytest.mark.parametrize("against", ["peak_memory_bytes", "params"])
def test_every_point_equals_count_and_none_dominates_another(against: str) -> None:
    found = evolved("mobilenet_v2", against=against, population=24, generations=12)
    assert found.evaluated < found.possible
    for index in range(0, len(found), max(1, len(found) // 6)):
        record = found.front[index]
        net = build("mobilenet_v2", prune=found.prune(index))
        totals = count(net).totals
        assert all(record[name] == totals[name] for name in totals if name in record)
    kept = non_dominated(
        [-record["madds"] for record in found.front], [record[against] for record in found.front]
    )
    assert kept.all()


def test_the_budget_is_kept_and_the_seed_decides() -> None:
    budget = Budget(peak_memory=2 * 2**20, params=4_000_000)
    options = {"population": 24, "generations": 15}
    found = evolved("mobilenet_v1", budget, **options)
    assert found.front
    assert all(budget.met_by(record) for record in found.front)
    assert evolved("mobilenet_v1", budget, **options).front == found.front
    # free stages keep more computation in so little memory than a uniform width does
    assert found.uniform_most is not None
    assert found.best["madds"] > found.uniform_most


def test_what_a_uniform_width_needs() -> None:
    found = evolved("mobilenet_v1", population=16, generations=6)
    for record in found.front[:: max(1, len(found) // 3)]:
        costs = [
            count(build("mobilenet_v1", width=f"{index / 100:.2f}")).totals
            for index in range(30, 101, 5)
        ]
        enough = [c["peak_memory_bytes"] for c in costs if c["madds"] >= record["madds"]]
        # a few widths by hand can only need more than the best of all
        assert record["uniform_peak_memory_bytes"] <= min(enough)
        assert record["difference_percent"] <= 0


def test_nothing_fits() -> None:
    found = stages(Spec(SMALL), Budget(madds=1), step="0.25")
    assert found.front == ()
    assert found.to_dict()["front"] == []
    with pytest.raises(BudgetExceeded, match="none of 64 variants of small"):
        found.best  # noqa: B018 - looking is what raises
    assert "no uniform width multiplier fits the budget" in found.notes()


def test_a_base_of_another_width_and_resolution() -> None:
    found = stages(Spec(SMALL), width="2", resolution=32, step="0.25")
    assert found.best["madds"] == count(build(Spec(SMALL), width=2, resolution=32)).madds
    assert found.head(2).records() == [found.front[0], found.front[-1]]
    fixed = Spec(SMALL.replace("rounding: {method: divisible}\n", ""))
    assert "small has no width multiplier to compare with" in stages(fixed, step="0.25").notes()


def test_progress_is_reported() -> None:
    told: list[tuple[int, int]] = []
    evolved("mobilenet_v1", population=8, generations=3, progress=lambda *at: told.append(at))
    assert told == [(1, 3), (2, 3), (3, 3)]


@each(
    ("options", "words"),
    [({"budget": Budget(latency=3)}, "a latency is measured on whole choices"),
     ({"against": "madds"}, "unknown cost 'madds'"), ({"against": "flops"}, "unknown cost"),
     ({"population": 1}, "population: an integer"), ({"generations": 0}, "generations: an"),
     ({"step": "0.8"}, "step: a ratio above 0 and at most 0.75"), ({"step": "x"}, "step must be"),
     ({"seed": -1}, "seed: an integer from 0"), ({"seed": 2**32}, "seed: an integer"),
     ({"width": "a"}, "width must be a number")],
)  # fmt: skip
def test_bad_options(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ArchcalcError, match=words):
        stages(Spec(SMALL), **options)


def test_a_net_without_stages_to_cut() -> None:
    line = "archcalc: 1\nname: line\ninput: 8x8x3\nrows: [{op: conv2d 3x3, out: 8}]\n"
    with pytest.raises(ArchcalcError, match="line: no stage can be cut"):
        stages(Spec(line))


def test_without_pymoo_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymoo.core.problem", None)
    with pytest.raises(MissingPackage, match=r"archcalc\[search\]"):
        stages("mobilenet_v1")


@pytest.mark.slow
@pytest.mark.parametrize("model", ["mobilenet_v1", "mobilenet_v2"])
def test_evolution_comes_near_to_the_exact_front(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = evolved(model, step="0.15")
    assert found.evaluated < found.possible == 6**5
    import sys

    monkeypatch.setattr(sys.modules["archcalc.studies.budgets.stage_search"], "EXHAUSTIVE", 10**6)
    exact = stages(model, step="0.15")
    assert exact.evaluated == exact.possible
    # at each point of the exact front the evolved one keeps nearly as many MAdds in its memory
    for record in exact.front:
        within = [
            one["madds"]
            for one in found.front
            if one["peak_memory_bytes"] <= record["peak_memory_bytes"]
        ]
        assert within
        assert np.max(within) >= 0.98 * record["madds"]
