"""A digest of a table too long to print: its ends, and the range of every quantity."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from archcalc.base.tables import Record, RecordBatch

FIRST, LAST = 20, 5


@dataclass
class Digest:
    """Digests batches one by one; its memory is that of the records kept.

    ``quantities``: columns whose range is kept. ``furthest``: a quantity whose record furthest
    from 0 is kept too.
    """

    quantities: Sequence[str]
    furthest: str | None = None
    count: int = 0
    first: list[Record] = field(default_factory=list)
    last: deque[Record] = field(default_factory=lambda: deque(maxlen=LAST))
    lowest: Record = field(default_factory=dict)
    highest: Record = field(default_factory=dict)
    extreme: Record | None = None

    @property
    def hidden(self) -> int:
        """The number of records between the first and the last, which are not kept."""
        return self.count - len(self.first) - len(self.last)

    def add(self, batch: RecordBatch) -> None:
        """Add a batch of records."""
        size = len(next(iter(batch.values())))
        for index in range(size):
            if len(self.first) == FIRST:
                break
            self.first.append(_record(batch, index))
        # a record is not among both the first and the last
        taken = max(0, FIRST - self.count)
        for index in range(max(taken, size - LAST), size):
            self.last.append(_record(batch, index))
        self.count += size
        for name in self.quantities:
            low, high = min(batch[name]), max(batch[name])
            self.lowest[name] = min(self.lowest.get(name, low), low)
            self.highest[name] = max(self.highest.get(name, high), high)
        if self.furthest is not None:
            self._look_for_extreme(batch, self.furthest)

    def _look_for_extreme(self, batch: RecordBatch, name: str) -> None:
        values = batch[name]
        index = max(range(len(values)), key=lambda i: abs(values[i]))
        if self.extreme is None or abs(values[index]) > abs(self.extreme[name]):
            self.extreme = _record(batch, index)


def _record(batch: RecordBatch, index: int) -> Record:
    return {name: values[index] for name, values in batch.items()}
