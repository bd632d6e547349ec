"""Streaming writers of text formats: csv, json, md; others collect."""

from __future__ import annotations

import json
import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from archcalc.base.plain import cell_text
from archcalc.base.tables import RecordBatch
from archcalc.output.formats import dumps
from archcalc.output.formats._sink import Collecting, Head, Sink
from archcalc.output.formats.csv import _line as csv_line
from archcalc.output.render.markdown import escape, line

Put = Callable[[str], object]


def text_sink(name: str, head: Head, put: Put) -> Sink:
    """Return a sink that passes formatted text to ``put``."""
    kinds: dict[str, type[_TextSink]] = {"csv": _Csv, "json": _Json, "md": _Markdown}
    if name in kinds:
        return kinds[name](name, head, put)
    return Collecting(head, name, lambda table: put(dumps(table, name)))


@dataclass
class _TextSink(Sink):
    name: str
    head: Head
    put: Put
    _texts: dict[Any, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Write the text before the records."""
        return

    def write(self, batch: RecordBatch) -> None:
        columns = [
            # few distinct texts, many repetitions: names of nets and layers
            map(self._known, batch[name]) if kind is str else map(self.cell, batch[name])
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
    def begin(self) -> None:
        self.put(csv_line(list(self.head.columns)))

    def cell(self, value: Any) -> str:
        # beside another cell: alone on its line an empty one would be quoted
        return csv_line([value, 0])[: -len(",0\n")] if isinstance(value, str) else str(value)

    def line(self, cells: Sequence[str]) -> str:
        return ",".join(cells) + "\n"


class _Json(_TextSink):
    """A list of objects, one a line."""

    def begin(self) -> None:
        keys = [json.dumps(name, ensure_ascii=False) for name in self.head.columns]
        self._template = "  {" + ", ".join(f"{key}: %s" for key in keys) + "}"
        self._before = "[\n"

    def cell(self, value: Any) -> str:
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        return repr(value) if math.isfinite(value) else "null"

    def line(self, cells: Sequence[str]) -> str:
        before, self._before = self._before, ",\n"
        return before + self._template % tuple(cells)

    def end(self) -> None:
        self.put("[]\n" if self._before == "[\n" else "\n]\n")


class _Markdown(_TextSink):
    def begin(self) -> None:
        rule = ["---" if kind is str else "---:" for kind in self.head.columns.values()]
        heads = self.line([escape(self.head.heads.get(name, name)) for name in self.head.columns])
        self.put(f"# {line(self.head.title)}\n\n{heads}{self.line(rule)}")

    def cell(self, value: Any) -> str:
        return escape(cell_text(value)) if isinstance(value, str) else cell_text(value)

    def line(self, cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    def end(self) -> None:
        notes = "".join(f"- {line(note)}\n" for note in self.head.notes)
        self.put(f"\n{notes}" if notes else "")
