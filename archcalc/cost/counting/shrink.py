"""One net before and after pruning: which rows shrink, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_percent, percent
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable

QUANTITIES = ("madds", "params", "activation_bytes")
"""Quantities compared row by row; for the net's peak memory see `ShrinkTable.left`."""


@dataclass(frozen=True)
class ShrinkTable(Table):
    """Two variants of one net side by side, summed by rows (or blocks, stages, layers).

    A record has ``key``, the ``map`` and ``channels`` of the last layer's output, whether it
    ``shrinks`` in any quantity, and ``madds``, ``params``, ``activation_bytes``, each ``_before``,
    ``_after`` and ``_saved``. In percent: ``_left`` of the row's cost, and ``_share`` of the whole
    net's saving; None of 0.
    """

    before: CostTable
    after: CostTable
    key: str

    @property
    def title(self) -> str:
        return f"{self.before.net.title} → {self.after.net.title} · {self.before.convention.name}"

    def records(self) -> list[Record]:
        before, after = self.before.by(self.key).groups, self.after.by(self.key).groups
        saved = self.saved
        return [_record(name, before[name], after[name], saved) for name in before]

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
        """What is left of each total, in percent; None of 0."""
        return {
            name: percent(self.after.totals[name], whole, 6)
            for name, whole in self.before.totals.items()
            if name != "arithmetic_intensity"
        }

    @property
    def saved(self) -> dict[str, int]:
        """The saving of the whole net."""
        before, after = self.before.totals, self.after.totals
        return {name: before[name] - after[name] for name in before if name in self.left}

    @property
    def shrinking(self) -> int:
        """The number of rows that cost less in any quantity."""
        return sum(one["shrinks"] for one in self.records())

    def summary(self) -> Sequence[str]:
        """Return the number of rows that shrink, and what is left of the totals."""
        left = ", ".join(
            f"{format_percent(share, 1)} of the {words}"
            for name, words in zip(QUANTITIES, ("MAdds", "parameters", "activations"), strict=True)
            if (share := self.left[name]) is not None
        )
        return [f"{self.shrinking} of {len(self.records())} {self.key}s shrink; left: {left}"]

    def notes(self) -> Sequence[str]:
        return self.before.notes()


def shrink(before: CostTable, after: CostTable, by: str = "row") -> ShrinkTable:
    """Compare two variants of one graph; ``by`` as for `CostTable.by`.

    Raises ArchcalcError for tables of two graphs, or of two conventions, batches or dtypes.
    """
    if before.net.graph != after.net.graph:
        raise ArchcalcError(f"{before.net.title} and {after.net.title} are not of one graph")
    ways = [(one.convention, one.batch, one.dtype) for one in (before, after)]
    if ways[0] != ways[1]:
        raise ArchcalcError(f"{before.title} and {after.title} are counted in two ways")
    before.by(by)  # raises for an unknown key
    return ShrinkTable(before, after, by)


def _record(
    name: str, before: Sequence[LayerCost], after: Sequence[LayerCost], saved: dict[str, int]
) -> Record:
    (channels, *size), (channels_after, *_) = (layers[-1].output for layers in (before, after))
    record: Record = {
        "key": name,
        "map": list(size),
        "channels_before": channels,
        "channels_after": channels_after,
        "shrinks": False,
    }
    for quantity in QUANTITIES:
        old, new = (sum(getattr(one, quantity) for one in layers) for layers in (before, after))
        record["shrinks"] |= new < old
        record |= {
            f"{quantity}_before": old,
            f"{quantity}_after": new,
            f"{quantity}_left": percent(new, old, 6),
            f"{quantity}_saved": old - new,
            f"{quantity}_share": percent(old - new, saved[quantity], 6),
        }
    return record
