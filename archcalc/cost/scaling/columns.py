"""Tables of many records, held as arrays by column."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import MissingPackage
from archcalc.base.tables import Record, RecordBatch, Table

if TYPE_CHECKING:
    import pandas as pd

Columns = Mapping[str, type]
"""The columns of a table in order: name and type of the values."""

Arrays = Mapping[str, npt.NDArray[Any]]
"""A `RecordBatch` of arrays, of numbers of one type or of objects."""


class ColumnTable(Table):
    """A table whose records are read by column, in batches."""

    kind: ClassVar[str] = "grid"

    @property
    @abstractmethod
    def columns(self) -> Columns:
        """The columns of every batch; a column of ``str`` may hold numbers too."""

    @abstractmethod
    def arrays(self) -> Iterator[Arrays]:
        """Yield the records in order, in batches; column names in any order."""

    def batches(self) -> Iterator[RecordBatch]:
        """Yield the records in order, in batches of plain Python values."""
        for arrays in self.arrays():
            yield {name: arrays[name].tolist() for name in self.columns}

    def records(self) -> list[Record]:
        """Return all records."""
        return [
            dict(zip(batch, values, strict=True))
            for batch in self.batches()
            for values in zip(*batch.values(), strict=True)
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return the records as a pandas data frame, column by column."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingPackage("to_frame()", "pandas", "frames") from None
        pieces = list(self.arrays())
        # pandas infers the type of objects: text, or numbers where all are
        return pd.DataFrame(
            {
                name: column if column.dtype != object else column.tolist()
                for name in self.columns
                for column in [np.concatenate([piece[name] for piece in pieces])]
            }
        )


def column_of(values: Iterable[Any]) -> npt.NDArray[Any]:
    """Return ints or floats as an array of numbers, mixed values as objects."""
    values = list(values)
    for kind in (int, float):
        if all(type(value) is kind for value in values):
            return np.asarray(values)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
