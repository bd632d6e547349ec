"""One net before and after its channels are cut: which rows shrink, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archcalc.cost.table import CostTable, GroupedTable
from archcalc.errors import ArchcalcError
from archcalc.tables import Record, Table
from archcalc.units import format_percent

QUANTITIES = ("madds", "params")


@dataclass(frozen=True)
class ShrinkTable(Table):
    """Two variants of one net side by side, summed by rows (or blocks, stages, layers).

    A record has ``key``, the ``map`` and ``channels`` that the last layer puts out, and
    ``madds``, ``params``, each ``_before`` and ``_after``; ``madds_left`` and ``params_left`` are
    in percent, None where there was nothing.
    """

    before: CostTable
    after: CostTable
    key: str

    @property
    def title(self) -> str:
        return f"{self.before.net.title} → {self.after.net.title} · {self.before.convention.name}"

    def records(self) -> list[Record]:
        before, after = self.before.by(self.key), self.after.by(self.key)
        return [_record(name, before, after) for name in before.groups]

    def to_dict(self) -> Record:
        return {
            "before": self.before.head(),
            "after": self.after.head(),
            "by": self.key,
            "left": self.left,
            "groups": self.records(),
        }

    @property
    def left(self) -> dict[str, float | None]:
        """What is left of each total, in percent; None where there was nothing."""
        return {
            name: _percent(self.after.totals[name], whole)
            for name, whole in self.before.totals.items()
            if name != "arithmetic_intensity"
        }

    @property
    def shrinking(self) -> int:
        """How many rows cost less, in MAdds or in parameters."""
        return sum(
            any(one[f"{name}_after"] < one[f"{name}_before"] for name in QUANTITIES)
            for one in self.records()
        )

    def summary(self) -> Sequence[str]:
        """Return how many rows shrink, and what is left of the totals."""
        left = ", ".join(
            f"{format_percent(share, 1)} of the {words}"
            for name, words in (("madds", "MAdds"), ("params", "parameters"))
            if (share := self.left[name]) is not None
        )
        return [f"{self.shrinking} of {len(self.records())} {self.key}s shrink; left: {left}"]

    def notes(self) -> Sequence[str]:
        return self.before.notes()


def shrink(before: CostTable, after: CostTable, by: str = "row") -> ShrinkTable:
    """Compare two variants of one graph, counted alike; ``by`` as for `CostTable.by`.

    Raises ArchcalcError for tables of two nets, or counted in two ways.
    """
    if before.net.graph != after.net.graph:
        raise ArchcalcError(f"{before.net.title} and {after.net.title} are not of one graph")
    ways = [(one.convention, one.batch, one.dtype) for one in (before, after)]
    if ways[0] != ways[1]:
        raise ArchcalcError(f"{before.title} and {after.title} are counted in two ways")
    before.by(by)  # refuses what is no grouping
    return ShrinkTable(before, after, by)


def _record(name: str, before: GroupedTable, after: GroupedTable) -> Record:
    outputs = [table.groups[name][-1].output for table in (before, after)]
    counts = {
        f"{quantity}_{when}": getattr(table, quantity)(name)
        for quantity in QUANTITIES
        for when, table in (("before", before), ("after", after))
    }
    return {
        "key": name,
        "map": list(outputs[0][1:]),
        "channels_before": outputs[0][0],
        "channels_after": outputs[1][0],
        **counts,
        **{
            f"{quantity}_left": _percent(counts[f"{quantity}_after"], counts[f"{quantity}_before"])
            for quantity in QUANTITIES
        },
    }


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 6) if whole else None
