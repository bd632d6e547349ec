"""The interface of streaming writers, and one that collects for formats that cannot stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record, RecordBatch, Records, Table
from archcalc.base.units import format_exact

COLLECTED = 100_000
"""Maximum records of a format that cannot stream."""


@dataclass(frozen=True)
class Head:
    """The head of a table, before its records.

    ``columns``: names and types. ``heads``: the columns' names for readers, where they differ.
    """

    title: str
    columns: Mapping[str, type]
    notes: Sequence[str] = ()
    heads: Mapping[str, str] = field(default_factory=dict)


class Sink(ABC):
    """Writes batches of records; `end` completes the file."""

    @abstractmethod
    def write(self, batch: RecordBatch) -> None:
        """Write some records."""

    def end(self) -> None:
        """Write the text after the records."""
        return


@dataclass
class Collecting(Sink):
    """Passes all records as one table to ``finish``; ``name``: the format's, for the error."""

    head: Head
    name: str
    finish: Callable[[Table], object]
    _records: list[Record] = field(default_factory=list)

    def write(self, batch: RecordBatch) -> None:
        rows = zip(*(batch[name] for name in self.head.columns), strict=True)
        self._records += (dict(zip(self.head.columns, row, strict=True)) for row in rows)
        if len(self._records) > COLLECTED:
            raise ArchcalcError(
                f"{self.name}: at most {format_exact(COLLECTED)} records; csv, json, md "
                "and parquet take any number"
            )

    def end(self) -> None:
        self.finish(Records(self.head.title, self._records, self.head.notes))
