"""A gate: a net's totals compared with limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archcalc.base.errors import BudgetExceeded
from archcalc.base.units import format_exact
from archcalc.cost.counting.table import CostTable


@dataclass(frozen=True)
class Limit:
    """The most of one total that a net may have."""

    total: str
    words: str
    most: int
    given: str


def hold_to(table: CostTable, limits: list[Limit]) -> None:
    """Raise BudgetExceeded, with a line for every limit that the totals exceed."""
    lines = list(_exceeded(table, limits))
    if lines:
        raise BudgetExceeded("\n".join(lines))


def _exceeded(table: CostTable, limits: list[Limit]) -> Iterator[str]:
    totals = table.totals
    for limit in limits:
        found = totals[limit.total]
        if found > limit.most:
            yield (
                f"{table.title}: {format_exact(found)} {limit.words} exceed the budget of "
                f"{limit.given} by {format_exact(found - limit.most)}"
            )
