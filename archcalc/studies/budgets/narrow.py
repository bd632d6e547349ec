"""What becomes of search results without searching again: several as one, narrowed, timed."""

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
    """Return several results (at least one) as one: what one search of all their nets finds.

    They are of one convention, batch and dtype; the budget is the first one's.
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
    """Return what of a result also keeps to ``budget``, ranked as it was.

    ``models``: the nets that take part, by name; None for all. ``published``: only variants whose
    accuracy is published. A latency limit is compared with the times that the choices have, such
    as those of `timed`, and a variant without one does not keep to it. `Frontier.least` is of
    what takes part.
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
            with np.errstate(invalid="ignore"):  # a NaN keeps to no limit
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

    What ``times`` does not know has none. Only variants that are not pruned have any.
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
