"""What a streaming writer is given, and what it offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archcalc.base.tables import RecordBatch


@dataclass(frozen=True)
class Head:
    """What is known of a table before its records: ``columns`` with the types of their values."""

    title: str
    columns: Mapping[str, type]
    notes: Sequence[str] = ()


class Sink(ABC):
    """Where batches of records go; `end` completes what was written."""

    @abstractmethod
    def write(self, batch: RecordBatch) -> None:
        """Write some records."""

    def end(self) -> None:
        """Write what stands after the records."""
        return
