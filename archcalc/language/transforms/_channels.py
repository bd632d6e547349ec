"""The input and output channels of each row of a table, read from its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archcalc.language.blocks import spelling_of
from archcalc.language.ops import Operator
from archcalc.language.spec.document_rows import Row
from archcalc.language.transforms._edit import Editor

_Two = tuple[int | None, int | None]


@dataclass(frozen=True)
class Placed:
    """A row and its channels at width 1; None where the cells do not give them.

    ``gives``: the row's output column; ``passes``: its actual output, which is wide in ordinary
    residuals. ``takes`` and ``receives``: the same two of the row above.
    """

    row: Row
    takes: int | None
    gives: int | None
    receives: int | None
    passes: int | None
    reads_image: bool


def placed(editor: Editor) -> Iterator[Placed]:
    """Yield the rows of the table, those of a group once.

    A row without an output width (depthwise, pool, activation) keeps the channels of its input.
    """
    image = _asserted("input", editor.document["input"])
    known: dict[str, _Two] = {"input": (image, image)}
    previous, first = known["input"], True
    for row in editor.table():
        cells = dict(row.cells())
        sources = cells.get("from", "input" if first else None)
        names = sources if isinstance(sources, list) else [sources]
        inputs = [previous if n is None else known.get(str(n), (None, None)) for n in names]
        takes, receives = inputs[0] if len(inputs) == 1 or row.op == "add" else (None, None)
        gives = _gives(editor, row, takes)
        passes = gives if _makes(editor, row) else receives
        if editor.value(row, "shortcut") == "wide":
            passes = expanded(editor, row, gives)
        yield Placed(row, takes, gives, receives, passes, "input" in names)
        if "id" in cells:
            known[str(cells["id"])] = gives, passes
        previous, first = (gives, passes), False


def expanded(editor: Editor, row: Row, narrow: int | None) -> int | None:
    """Return the wide channels of a bottleneck row for ``narrow`` ones."""
    exp, t = (editor.value(row, keyword) for keyword in ("exp", "t"))
    if isinstance(exp, int):
        return exp
    return t * narrow if isinstance(t, int) and narrow is not None else None


def restate_sizes(editor: Editor) -> None:
    """Override every printed size whose channels have changed, by ``use``."""
    for place in placed(editor):
        for column, channels in (("input", place.receives), ("output", place.passes)):
            cell = dict(place.row.cells()).get(column)
            printed = place.row.printed(column) or cell
            if channels is not None and _asserted(column, cell) is not None:
                place.row.set(column, re.sub("[0-9]+(?=[^0-9]*$)", str(channels), str(printed)))


def _gives(editor: Editor, row: Row, takes: int | None) -> int | None:
    params = editor.document.get("params") or {}
    for name, cell in row.cells():
        filled = params.get(cell[1:], cell) if str(cell).startswith("$") else cell
        meaning = row.meaning(name, filled)
        if "out" in meaning.keywords:
            out = meaning.keywords["out"]
            return out if isinstance(out, int) else None
        if _makes(editor, row):
            channels = _asserted(name, filled)
            if "output" in meaning.asserts and channels is not None:
                return channels
    return None if _makes(editor, row) else takes


def _makes(editor: Editor, row: Row) -> bool:
    """Return whether a row has channels of its own, or concatenates those of several."""
    spelling = spelling_of(row.op)
    if spelling is None or row.op in (editor.document.get("blocks") or {}):
        return True
    if issubclass(spelling.cls, Operator):
        return spelling.cls.channel_rule in ("new", "concat")
    return "out" in spelling.cls.model_fields


def _asserted(column: str, value: Any) -> int | None:
    size = Row([value], [column]).meaning(column, value).asserts.get(column)
    return int(size[0]) if size and len(size) == 3 else None  # 56x56 has no channels
