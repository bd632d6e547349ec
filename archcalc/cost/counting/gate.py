"""A budget gate: a net's totals compared with limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archcalc.base.errors import ArchcalcError, BudgetExceeded
from archcalc.base.units import format_exact, parse_bytes, parse_count
from archcalc.cost.counting.table import CostTable

_TOTALS = {
    "madds": ("madds", "MAdds", parse_count),
    "params": ("params", "parameters", parse_count),
    "weight_bytes": ("weight_bytes", "bytes of weights", parse_bytes),
    "peak_memory": ("peak_memory_bytes", "bytes of peak memory", parse_bytes),
}
"""The total that each limit is of, in words, and what reads the limit."""


@dataclass(frozen=True)
class Limit:
    """The limit of one total."""

    total: str
    words: str
    most: int
    given: str


def limits_of(texts: Mapping[str, str | None], prefix: str) -> list[Limit]:
    """Read limits such as {"madds": "300M", "peak_memory": "2MiB"}; None is no limit.

    ``prefix`` is put before a limit's name in errors: "--max-" for the command line's. Raises
    ArchcalcError for what is no count.
    """
    limits = []
    for name, text in texts.items():
        total, words, parse = _TOTALS[name]
        if text is not None:
            try:
                limits.append(Limit(total, words, parse(text), text))
            except ValueError as error:
                option = f"{prefix}{name.replace('_', '-')}"
                raise ArchcalcError(f"{option}: expected {error}") from None
    return limits


def hold_to(table: CostTable, limits: list[Limit]) -> None:
    """Raise BudgetExceeded with a line for every limit that the totals exceed."""
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
