"""The budget gate of ``archcalc count``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archcalc.cost import CostTable
from archcalc.errors import ArchcalcError, BudgetExceeded
from archcalc.units import format_exact, parse_bytes, parse_count


@dataclass(frozen=True)
class Limit:
    """The most of one total that a net may have."""

    total: str
    words: str
    most: int
    given: str


def limits_of(
    *,
    madds: str | None = None,
    params: str | None = None,
    weight_bytes: str | None = None,
    peak_memory: str | None = None,
) -> list[Limit]:
    """Read the ``--max-…`` options; raises ArchcalcError for what is no count."""
    options = (
        ("madds", "MAdds", "--max-madds", madds, _count),
        ("params", "parameters", "--max-params", params, _count),
        ("weight_bytes", "bytes of weights", "--max-weight-bytes", weight_bytes, parse_bytes),
        (
            "peak_memory_bytes",
            "bytes of peak memory",
            "--max-peak-memory",
            peak_memory,
            parse_bytes,
        ),
    )
    limits = []
    for total, words, option, text, parse in options:
        if text is not None:
            try:
                limits.append(Limit(total, words, parse(text), text))
            except ValueError as error:
                raise ArchcalcError(f"{option}: expected {error}") from None
    return limits


def _count(text: str) -> int:
    try:
        return parse_count(text)
    except ValueError:
        raise ValueError(f"a count such as 300M or 3400000, not '{text}'") from None


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
