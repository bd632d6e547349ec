"""What a streaming writer is given, and what it offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Block = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Head:
    """What is known of a table before its records: ``columns`` with the types of their values."""

    title: str
    columns: Mapping[str, type]
    notes: Sequence[str] = ()


class Sink(ABC):
    """Where blocks go; `end` completes what was written."""

    @abstractmethod
    def write(self, block: Block) -> None:
        """Write records, given by column."""

    def end(self) -> None:
        """Write what stands after the records."""
        return
