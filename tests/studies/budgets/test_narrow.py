"""A result narrowed to another budget equals a search within that budget."""

from __future__ import annotations

import pytest

from archcalc import Budget, load, search
from archcalc.base.errors import BudgetExceeded
from archcalc.studies.budgets.frontier import Frontier
from archcalc.studies.budgets.narrow import timed, together, within
from archcalc.studies.budgets.published_figures import published

MODELS = ("mobilenet_v2", "mobilenet_v3_small", "vgg16")


@pytest.fixture(scope="module")
def everything() -> Frontier:
    return search(MODELS, Budget(), prunes=["0", "0.5"])


@pytest.mark.parametrize(
    "budget",
    [
        Budget(),
        Budget(madds=100_000_000),
        Budget(params=2_500_000, peak_memory=3_000_000),
        Budget(weight_bytes=1),
        Budget(madds=300_774_272, weight_bytes=2**23),
    ],
    ids=str,
)
@pytest.mark.parametrize("models", [None, ("mobilenet_v3_small",)])
def test_it_is_what_a_search_finds(
    everything: Frontier, budget: Budget, models: tuple[str, ...] | None
) -> None:
    narrow = within(everything, budget, models=models)
    afresh = search(models or MODELS, budget, prunes=["0", "0.5"])
    own = {record["model"]: record for record in narrow.records()}
    assert set(own) <= set(models or MODELS)
    assert narrow.budget == budget
    assert narrow.considered == afresh.considered
    assert {n: cost for n, (cost, _) in narrow.least.items()} == {
        n: cost for n, (cost, _) in afresh.least.items()
    }
    if models is None:  # alone, a net without an interpolation is ranked otherwise
        assert narrow.records() == afresh.records()
        assert narrow.front == afresh.front
    else:
        assert len(narrow) == len(afresh)


def test_several_results_are_one() -> None:
    budget = Budget(madds=100_000_000)
    for models in (MODELS, ("mobilenet_v3_small", "mobilenet_v3_large")):
        whole = together([search(model, budget) for model in models])
        assert whole.to_dict() == search(models, budget).to_dict()


def test_a_budget_only_grows_tighter() -> None:
    small = search("mobilenet_v2", Budget(madds=100_000_000))
    loose = within(small, Budget(madds=200_000_000, params=2_000_000))
    assert loose.budget == Budget(madds=100_000_000, params=2_000_000)
    with pytest.raises(BudgetExceeded, match="the least are"):
        _ = within(small, Budget(params=1000)).best


def test_published_accuracies_alone(everything: Frontier) -> None:
    kept = within(everything, Budget(), models=["mobilenet_v2"], published=True)
    printed = published(load("mobilenet_v2"))
    known = {(round(r["width"] * 10_000), r["resolution"]): r["top1"] for r in kept.records()}
    assert len(known) == len(printed)
    assert all(known[w, s] == printed[w, (s, s)].top1 for w, s in known)


def test_times_are_those_that_papers_print(everything: Frontier) -> None:
    found = timed(everything, lambda own: own.family.times_on("pixel1"))
    known = {
        (r["width"], r["resolution"]): r["latency_ms"]
        for r in found.records()
        if r["model"] == "mobilenet_v2" and r["latency_ms"] is not None
    }
    # of several sources the net's own paper (table 4), then another paper, then a README
    assert (known[1.0, 224], known[0.35, 224], known[0.75, 192]) == (75, 16.6, 41.6)
    claimed = {
        (claim.width, claim.resolution)
        for claim in load("mobilenet_v2").claims
        if "pixel1" in claim.latency
    }
    assert set(known) == claimed
    pruned_or_untimed = [r for r in found.records() if r["prune"] or r["model"] == "vgg16"]
    assert {r["latency_ms"] for r in pruned_or_untimed} == {None}
    fast = within(found, Budget(latency=41.6))
    assert len(fast) == sum((r["latency_ms"] or 1e9) <= 41.6 for r in found.records())
    assert 41.6 in [r["latency_ms"] for r in fast.records()]
    # what nobody has timed keeps to no limit
    assert not len(within(everything, Budget(latency=1e6)))
