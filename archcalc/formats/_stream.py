"""Tables of any length to files: records come in blocks and are written as they come.

csv, json, md and parquet stream: memory is that of one block. What has no such writer (tex) is
collected, up to `COLLECTED` records. As everywhere, a file appears whole or not at all.
"""

from __future__ import annotations

import json
import math
import secrets
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from archcalc.errors import ArchcalcError, known_names
from archcalc.formats import dumps, format_names, format_of
from archcalc.formats._base import cell_text, plain
from archcalc.formats.csv import _line as csv_line
from archcalc.formats.markdown import escape
from archcalc.tables import Record, Table

COLLECTED = 100_000
"""Most records of a format that cannot stream: what a document of it could hold at all."""

PARQUET = "parquet"

Block = Mapping[str, Sequence[Any]]
Put = Callable[[str], object]


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


def text_sink(name: str, head: Head, put: Put) -> Sink:
    """Return a sink that hands text in a format to ``put``."""
    kinds: dict[str, type[_TextSink]] = {"csv": _Csv, "json": _Json, "md": _Markdown}
    return kinds.get(name, _Collecting)(name, head, put)


@contextmanager
def files(paths: Sequence[str | Path], head: Head) -> Iterator[list[Sink]]:
    """Open a sink for each path; on leaving without an exception the files are complete.

    Otherwise none is written, and what was there before is still there.
    """
    with ExitStack() as stack:
        sinks: list[Sink] = []
        for path in paths:
            name = check_suffix(path)
            file = stack.enter_context(_whole_file(Path(path)))
            if name == PARQUET:
                from archcalc.formats._parquet import ParquetSink

                sinks.append(ParquetSink(head, file))
                continue
            text = TextIOWrapper(file, encoding=format_of(path).encoding, newline="")
            stack.callback(text.detach)
            stack.callback(text.flush)
            sinks.append(text_sink(name, head, text.write))
        yield sinks
        for sink in sinks:
            sink.end()


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` when the block ends without an exception."""
    try:
        target = path.resolve() if path.is_symlink() else path
        part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
        if target.is_dir():
            raise ArchcalcError(f"{path}: is a folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                yield file
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)  # in one folder, so in one step
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except (FileExistsError, NotADirectoryError):
        raise ArchcalcError(f"{path.parent}: is not a folder") from None
    except OSError as error:
        raise ArchcalcError(f"{path}: {error.strerror or error}") from None


@dataclass
class _TextSink(Sink):
    name: str
    head: Head
    put: Put
    _texts: dict[Any, str] = field(default_factory=dict)

    def write(self, block: Block) -> None:
        columns = [
            # few texts, many times: names of nets and layers
            map(self._known, block[name]) if kind is str else map(self.cell, block[name])
            for name, kind in self.head.columns.items()
        ]
        self.put("".join(map(self.line, zip(*columns, strict=True))))

    def _known(self, value: Any) -> str:
        text = self._texts.get((type(value), value))
        if text is None:
            text = self._texts[type(value), value] = self.cell(value)
        return text

    @abstractmethod
    def cell(self, value: Any) -> str:
        """Return one cell as text."""

    @abstractmethod
    def line(self, cells: Sequence[str]) -> str:
        """Return one record as text."""


class _Csv(_TextSink):
    def __post_init__(self) -> None:
        self.put(csv_line(list(self.head.columns)))

    def cell(self, value: Any) -> str:
        return csv_line([value])[:-1] if isinstance(value, str) else str(value)

    def line(self, cells: Sequence[str]) -> str:
        return ",".join(cells) + "\n"


class _Json(_TextSink):
    """A list of objects, one a line."""

    def __post_init__(self) -> None:
        keys = [json.dumps(name, ensure_ascii=False) for name in self.head.columns]
        self._template = "  {" + ", ".join(f"{key}: %s" for key in keys) + "}"
        self._before = "[\n"

    def cell(self, value: Any) -> str:
        finite = not isinstance(value, float) or math.isfinite(value)
        return json.dumps(value if finite else None, ensure_ascii=False)

    def line(self, cells: Sequence[str]) -> str:
        before, self._before = self._before, ",\n"
        return before + self._template % tuple(cells)

    def end(self) -> None:
        self.put("[]\n" if self._before == "[\n" else "\n]\n")


class _Markdown(_TextSink):
    def __post_init__(self) -> None:
        rule = ["---" if kind is str else "---:" for kind in self.head.columns.values()]
        heads = self.line([escape(name) for name in self.head.columns])
        self.put(f"# {escape(plain(self.head.title))}\n\n{heads}{self.line(rule)}")

    def cell(self, value: Any) -> str:
        return escape(cell_text(value))

    def line(self, cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    def end(self) -> None:
        notes = "".join(f"- {escape(plain(note))}\n" for note in self.head.notes)
        self.put(f"\n{notes}" if notes else "")


class _Collecting(_TextSink):
    def __post_init__(self) -> None:
        self._records: list[Record] = []

    def write(self, block: Block) -> None:
        rows = zip(*(block[name] for name in self.head.columns), strict=True)
        self._records += (dict(zip(self.head.columns, row, strict=True)) for row in rows)
        if len(self._records) > COLLECTED:
            raise ArchcalcError(
                f"{self.name}: at most {COLLECTED:,} records; csv, json, md and {PARQUET} "
                "take any number"
            )

    def end(self) -> None:
        self.put(dumps(_Collected(self.head, self._records), self.name))

    def cell(self, value: Any) -> str:
        return cell_text(value)

    def line(self, cells: Sequence[str]) -> str:
        return "".join(cells)


@dataclass(frozen=True)
class _Collected(Table):
    head: Head
    rows: list[Record]

    @property
    def title(self) -> str:
        return self.head.title

    def to_dict(self) -> list[Record]:
        return self.rows

    def records(self) -> list[Record]:
        return self.rows

    def notes(self) -> Sequence[str]:
        return self.head.notes
