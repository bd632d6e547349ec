"""Search results combined, narrowed or timed without a new search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.studies.budgets.accuracy import PUBLISHED
from archcalc.studies.budgets.budget import COLUMN_OF, Budget
from archcalc.studies.budgets.choices import Candidate, cuts, joined
from archcalc.studies.budgets.frontier import Frontier, RankedBy
from archcalc.studies.budgets.published_figures import Variant
from archcalc.studies.budgets.searching import order


def together(results: Sequence[Frontier]) -> Frontier:
    """Combine results (at least one), as if one search had covered all their nets.

    They have one convention, batch and dtype; the budget is the first one's.
    """
    first = results[0]
    pieces, before = [], 0
    for one in results:
        pieces.append(replace(one.choices, candidate=one.choices.candidate + before))
        before += len(one.candidates)
    choices = joined(pieces)
    candidates = tuple(own for one in results for own in one.candidates)
    by: RankedBy = "top1" if any(own.family.fit for own in candidates) else "madds"
    least = [one.least for one in results]
    return replace(
        first,
        candidates=candidates,
        choices=choices.take(order(choices, by)),
        considered=sum(one.considered for one in results),
        ranked_by=by,
        least={name: min(own[name] for own in least) for name in first.least},
        measured=(),
        remarks=tuple(dict.fromkeys(remark for one in results for remark in one.remarks)),
        near=None,
    )


def within(
    found: Frontier,
    budget: Budget,
    *,
    models: Collection[str] | None = None,
    published: bool = False,
) -> Frontier:
    """Return the choices of a result that are also within ``budget``, in the same order.

    ``models``: names of the included nets; None for all. ``published``: only variants of
    published accuracy. A latency limit is compared with the latencies of the choices, such as
    those of `timed`; a variant without one is left out. `Frontier.least` is of the included nets.
    """
    choices = found.choices
    taking = np.ones(len(choices), dtype=bool)
    if models is not None:
        indices = [i for i, own in enumerate(found.candidates) if own.family.model in models]
        taking &= np.isin(choices.candidate, indices)
    if published:
        taking &= choices.basis == PUBLISHED
    choices = choices.take(taking)
    fits = np.ones(len(choices), dtype=bool)
    least: dict[str, tuple[int, str]] = {}
    for name, limit in budget.limits.items():
        if COLUMN_OF[name] not in QUANTITIES:
            with np.errstate(invalid="ignore"):  # a NaN is within no limit
                fits &= choices.latency <= limit
            continue
        costs = choices.costs[COLUMN_OF[name]]
        fits &= costs <= limit
        if len(choices):
            index = int(costs.argmin())
            least[name] = int(costs[index]), choices.net(index, found.candidates).title
    limits = {
        name: min(limit, budget.limits.get(name, limit))
        for name, limit in {**budget.limits, **found.budget.limits}.items()
    }
    return replace(
        found,
        budget=Budget(**limits),  # type: ignore[arg-type]
        choices=choices.take(fits),
        considered=len(choices),
        least=least,
        measured=(),
        near=None,
    )


def timed(found: Frontier, times: Callable[[Candidate], Mapping[Variant, float]]) -> Frontier:
    """Return a result whose choices have latencies: milliseconds by variant, for each candidate.

    Variants not in ``times`` and pruned ones have none.
    """
    choices = found.choices
    pruned = np.asarray([cuts(prune) for prune in choices.prune], dtype=bool)
    latency = np.full(len(choices), np.nan)
    for index, own in enumerate(found.candidates):
        mine = (choices.candidate == index) & ~pruned
        for (width, (height, side)), milliseconds in times(own).items():
            same = (choices.width == width) & (choices.height == height) & (choices.side == side)
            latency[mine & same] = milliseconds
    return replace(found, choices=replace(choices, latency=latency))
