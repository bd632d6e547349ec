"""The totals of a choice, and how far each is from the baseline's."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc import CostTable
from archcalc.base.units import format_bytes, format_count, format_exact, format_percent

QUANTITIES = ("madds", "params", "weight_bytes", "activation_bytes", "peak_memory_bytes")
"""What stands on the tiles, in order."""


@dataclass(frozen=True)
class Total:
    """One headline figure. ``value`` is exact; ``short`` and ``exact`` are its texts.

    ``delta`` and ``percent`` are against the baseline: None without one, and ``percent`` also
    where the baseline's is 0.
    """

    name: str
    value: int
    delta: int | None = None
    percent: float | None = None

    @property
    def short(self) -> str:
        """The figure to three digits: "301M", "13.3 MiB"."""
        return _short(self.name, self.value)

    @property
    def exact(self) -> str:
        """Every digit of the figure, grouped."""
        return format_exact(self.value)

    @property
    def change(self) -> str:
        """The difference in words of numbers: "-91.4M (-30.39%)", "0", or "" without a baseline."""
        if self.delta is None:
            return ""
        sign = "+" if self.delta > 0 else ""
        share = (
            ""
            if not self.delta or self.percent is None
            else f"{sign}{format_percent(self.percent)}"
        )
        text = f"{sign}{_short(self.name, self.delta)}"
        return f"{text} ({share})" if share else text


def totals(table: CostTable, baseline: CostTable | None = None) -> list[Total]:
    """Return the headline figures of a table, with the difference to a baseline's."""
    mine = table.totals
    if baseline is None:
        return [Total(name, mine[name]) for name in QUANTITIES]
    theirs = baseline.totals
    return [
        Total(
            name,
            mine[name],
            mine[name] - theirs[name],
            100 * (mine[name] - theirs[name]) / theirs[name] if theirs[name] else None,
        )
        for name in QUANTITIES
    ]


def _short(name: str, value: int) -> str:
    return format_bytes(value) if name.endswith("_bytes") else format_count(value)
