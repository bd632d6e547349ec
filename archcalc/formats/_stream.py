"""Tables of any length to files: records come in blocks and are written as they come.

csv, json, md and parquet stream: memory is that of one block. What has no such writer (tex) is
collected, up to `COLLECTED` records. As everywhere, a file appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from archcalc.errors import ArchcalcError, known_names
from archcalc.formats import format_names, format_of
from archcalc.formats._file import whole_file
from archcalc.formats._ours import Seal
from archcalc.formats._sink import Head, Sink
from archcalc.formats._text_sinks import text_sink

PARQUET = "parquet"


def check_suffix(path: str | Path) -> str:
    """Return the format of a file's suffix; raises ArchcalcError, which lists the known ones."""
    suffix = Path(path).suffix.lower()
    if suffix == f".{PARQUET}":
        from archcalc.formats._parquet import require

        require()
        return PARQUET
    known = [f".{name}" for name in (*format_names(), PARQUET)]
    if suffix not in known:
        what = f"unknown suffix '{suffix}'" if suffix else "a suffix is needed"
        raise ArchcalcError(f"{path}: {what}{known_names(suffix, known)}")
    return suffix.removeprefix(".")


@contextmanager
def files(paths: Sequence[str | Path], head: Head) -> Iterator[list[Sink]]:
    """Open a sink for each path; on leaving without an exception the files are complete.

    Otherwise none is written, and what was there before is still there.
    """
    with ExitStack() as stack:
        sinks: list[Sink] = []
        sealed: list[_Sealed] = []
        for path in paths:
            name = check_suffix(path)
            file = stack.enter_context(whole_file(path))
            if name == PARQUET:
                from archcalc.formats._parquet import ParquetSink

                sinks.append(ParquetSink(head, file))
                stack.callback(sinks[-1].end)  # in any case before its file is closed
                continue
            text = TextIOWrapper(file, encoding=format_of(path).encoding, newline="")
            stack.callback(text.detach)
            stack.callback(text.flush)
            sealed.append(_Sealed(text, Seal(name)))
            sinks.append(text_sink(name, head, sealed[-1].put))
        yield sinks
        for sink in sinks:
            sink.end()
        for one in sealed:
            one.text.write(one.seal.line())


@dataclass(frozen=True)
class _Sealed:
    """A text file and the seal that is to end it."""

    text: TextIOWrapper
    seal: Seal

    def put(self, text: str) -> None:
        self.seal.take(text)
        self.text.write(text)
