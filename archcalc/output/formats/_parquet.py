"""Streams Parquet files, with their metadata."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from archcalc.base.errors import MissingPackage
from archcalc.base.tables import RecordBatch
from archcalc.output.formats._sink import Head, Sink


def require() -> Any:
    """Return pyarrow's module of parquet; raises MissingPackage."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingPackage("writing parquet", "pyarrow", "parquet") from None
    return pyarrow.parquet


def about(title: str, notes: Sequence[str]) -> dict[str, str]:
    """Return a file's metadata; the key marks it as archcalc's."""
    return {"archcalc": json.dumps({"title": title, "notes": list(notes)}, ensure_ascii=False)}


class ParquetSink(Sink):
    """Writes one row group per batch, with the table's title and notes as metadata."""

    def __init__(self, head: Head, file: BinaryIO) -> None:
        parquet = require()
        import pyarrow as pa

        self._kinds = dict(head.columns)
        types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
        fields = [(name, types[kind]) for name, kind in self._kinds.items()]
        self._schema = pa.schema(fields, metadata=about(head.title, head.notes))
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, batch: RecordBatch) -> None:
        import pyarrow as pa

        columns = [
            # a column of texts may hold a number, such as a square resolution among others
            pa.array(map(str, batch[name]) if kind is str else batch[name], field.type)
            for (name, kind), field in zip(self._kinds.items(), self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def end(self) -> None:
        self._writer.close()
