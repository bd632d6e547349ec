"""Parquet: typed columns, compressed, for data frames and databases."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, ClassVar

from archcalc.base.tables import Table, is_number
from archcalc.output.formats._base import Format
from archcalc.output.formats._parquet import about, require

_LARGEST = 2**63 - 1


class Parquet(Format):
    """The records; title, summary and notes are in the file's metadata.

    A column holds numbers or booleans where all its cells do; otherwise text.
    """

    name: ClassVar[str] = "parquet"
    about: ClassVar[str] = "typed records, for data frames and databases"

    def require(self) -> None:
        require()

    def encode(self, table: Table, language: str = "en") -> bytes:
        parquet = require()
        import pyarrow as pa

        records = table.records()
        columns = {
            name: _column([record[name] for record in records])
            for name in (records[0] if records else ())
        }
        notes = [*table.summary(), *table.notes()]
        made = pa.table(columns).replace_schema_metadata(about(table.title, notes))
        file = io.BytesIO()
        parquet.write_table(made, file, compression="zstd")
        return file.getvalue()


def _column(values: Sequence[Any]) -> Any:
    """Return values as an array of one type."""
    import pyarrow as pa

    present = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in present):
        return pa.array(values, pa.bool_() if present else pa.string())
    if all(is_number(value) for value in present):
        whole = all(isinstance(value, int) for value in present)
        if whole and max(map(abs, present)) <= _LARGEST:
            return pa.array(values, pa.int64())
        if not whole:
            return pa.array([None if v is None else float(v) for v in values], pa.float64())
    # integers beyond 64 bits are written as text
    return pa.array([None if value is None else str(value) for value in values], pa.string())


FORMAT = Parquet()
