"""Records for a format that cannot stream: they are kept until the last, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record, RecordBatch, Records, Table
from archcalc.base.units import format_exact
from archcalc.output.formats._sink import Head, Sink

COLLECTED = 100_000
"""Most records of a format that cannot stream: what a document of it could hold at all."""


@dataclass
class Collecting(Sink):
    """Hands all records as one table to ``finish``; ``name`` is the format's, for the error."""

    head: Head
    name: str
    finish: Callable[[Table], object]
    _records: list[Record] = field(default_factory=list)

    def write(self, batch: RecordBatch) -> None:
        rows = zip(*(batch[name] for name in self.head.columns), strict=True)
        self._records += (dict(zip(self.head.columns, row, strict=True)) for row in rows)
        if len(self._records) > COLLECTED:
            raise ArchcalcError(
                f"{self.name}: at most {format_exact(COLLECTED)} records; csv, json, md and "
                "parquet "
                "take any number"
            )

    def end(self) -> None:
        self.finish(Records(self.head.title, self._records, self.head.notes))
