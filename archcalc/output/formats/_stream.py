"""Streams tables of any length to files, batch by batch.

csv, json, md and parquet need the memory of one batch; other formats collect up to `COLLECTED`
records. Writing is atomic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from archcalc.base.tables import Table
from archcalc.output.files.ours import Seal
from archcalc.output.files.whole import whole_file
from archcalc.output.formats import Format, TextFormat, format_of
from archcalc.output.formats._parquet import ParquetSink
from archcalc.output.formats._sink import Collecting, Head, Sink
from archcalc.output.formats._text_sinks import text_sink
from archcalc.output.formats.csv import _line as csv_line
from archcalc.output.formats.json import to_json


@contextmanager
def files(paths: Sequence[str | Path], head: Head) -> Iterator[list[Sink]]:
    """Open a sink for each path; on exit without an exception the files are complete.

    Otherwise none is written, and existing files are unchanged.
    """
    with ExitStack() as stack:
        sinks: list[Sink] = []
        sealed: list[_Sealed] = []
        for path in paths:
            chosen = format_of(path)
            file = stack.enter_context(whole_file(path))
            if isinstance(chosen, TextFormat):
                text = TextIOWrapper(file, encoding=chosen.encoding, newline="")
                stack.callback(text.detach)
                stack.callback(text.flush)
                sealed.append(_Sealed(text, Seal(chosen.name)))
                sinks.append(text_sink(chosen.name, head, sealed[-1].put))
            elif chosen.name == "parquet":
                sinks.append(ParquetSink(head, file))
                stack.callback(sinks[-1].end)  # in any case before its file is closed
            else:
                sinks.append(Collecting(head, chosen.name, _writer(chosen, file)))
        yield sinks
        for sink in sinks:
            sink.end()
        for one in sealed:
            one.text.write(one.seal.line())


def beginning(path: str | Path, head: Head) -> bytes:
    """Return the beginning of a file of these columns, to compare with an existing one."""
    columns = list(head.columns)
    csv = format_of(path).name == "csv"
    return (csv_line(columns) if csv else to_json([dict.fromkeys(columns)])).encode()


def _writer(chosen: Format, file: BinaryIO) -> Callable[[Table], object]:
    return lambda table: file.write(chosen.encode(table))


@dataclass(frozen=True)
class _Sealed:
    """A text file and its seal."""

    text: TextIOWrapper
    seal: Seal

    def put(self, text: str) -> None:
        self.seal.take(text)
        self.text.write(text)
