"""What every result table offers: the JSON object, flat records, a data frame, a view to read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import MissingPackage
from archcalc.base.notebook import page_of

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]


class Table(ABC):
    """A result. Subclasses are frozen: a table is a fact about one net under one convention."""

    @property
    @abstractmethod
    def title(self) -> str:
        """One line that says what the table is of, and under which convention."""

    @abstractmethod
    def to_dict(self) -> Any:
        """Return the very object that the command's ``--format json`` prints."""

    @abstractmethod
    def records(self) -> list[Record]:
        """Return flat rows of plain values, all with the same keys: what csv and Markdown hold."""

    def summary(self) -> Sequence[str]:
        """Return lines that a file gives above the table; a screen has its own. None by default."""
        return ()

    def notes(self) -> Sequence[str]:
        """Return lines that a reader must see beside the numbers; none by default."""
        return ()

    def to_frame(self) -> pd.DataFrame:
        """Return `records` as a pandas data frame."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingPackage("to_frame()", "pandas", "frames") from None
        return pd.DataFrame.from_records(self.records())

    def for_people(self) -> Table:
        """Return what documents and notebooks show; programs get `records`. Itself by default.

        Fewer columns, heads in words, figures as people write them.
        """
        return self

    def foot(self) -> Sequence[Record]:
        """Return last rows that are sums of those above, for documents; none by default."""
        return ()

    def further(self) -> Sequence[Table]:
        """Return tables that belong below this one in a document; none by default."""
        return ()

    def numeric(self) -> dict[str, bool]:
        """Return for each column whether it holds numbers: such columns are right-aligned."""
        return numeric_columns(self.records())

    def head_of(self, most: int) -> tuple[list[Record], int]:
        """Return the first records, and how many there are."""
        records = self.records()
        return records[:most], len(records)

    def _repr_html_(self) -> str:
        return page_of(self.for_people())


@dataclass(frozen=True)
class View(Table):
    """A table made for people to read: texts, and which columns stand to the right.

    ``rows`` have the same keys, which are the heads; a head is shown without the spaces around
    it, so that several columns may have the same. ``below``: lines under the table.
    """

    name: str
    rows: Sequence[Record]
    right: frozenset[str] = frozenset()
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    sums: Sequence[Record] = ()
    more: Sequence[Table] = ()

    @property
    def title(self) -> str:
        return self.name

    def to_dict(self) -> list[Record]:
        return self.records()

    def records(self) -> list[Record]:
        return list(self.rows)

    def summary(self) -> Sequence[str]:
        return self.above

    def notes(self) -> Sequence[str]:
        return self.below

    def foot(self) -> Sequence[Record]:
        return self.sums

    def further(self) -> Sequence[Table]:
        return self.more

    def numeric(self) -> dict[str, bool]:
        return {name: name in self.right for name in (self.rows[0] if self.rows else ())}


def without_empty_columns(table: Table) -> Table:
    """Return a table without the columns that say nothing of any row."""
    records, numeric = table.records(), table.numeric()
    names = [name for name in numeric if any(one[name] not in (None, "") for one in records)]
    if len(names) == len(numeric):
        return table
    rows, sums = (
        [{name: one[name] for name in names} for one in some] for some in (records, table.foot())
    )
    right = frozenset(name for name in names if numeric[name])
    return View(table.title, rows, right, table.summary(), table.notes(), sums, table.further())


def is_number(value: Any) -> bool:
    """Tell whether a cell holds a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def numeric_columns(records: Sequence[Record]) -> dict[str, bool]:
    """Return for each column whether it holds numbers and nothing else."""
    if not records:
        return {}
    return {
        name: any(is_number(record[name]) for record in records)
        and all(record[name] is None or is_number(record[name]) for record in records)
        for name in records[0]
    }
