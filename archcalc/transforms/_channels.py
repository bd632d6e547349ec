"""The channels that each row of a table takes and gives, as its cells say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archcalc.blocks import SPELLINGS
from archcalc.ops import Operator, normal
from archcalc.transforms._edit import Editor, Row


@dataclass(frozen=True)
class Placed:
    """A row in its place. Channels are those of width 1; None where the cells do not say."""

    row: Row
    takes: int | None
    gives: int | None
    reads_image: bool


def placed(editor: Editor) -> Iterator[Placed]:
    """Yield the rows of the table, those of a group once.

    A row without channels of its own (depthwise, pool, activation) gives what it takes.
    """
    image = _asserted("input", editor.document["input"])
    known: dict[str, int | None] = {"input": image}
    previous, first = image, True
    for row in editor.table():
        cells = dict(row.cells())
        sources = cells.get("from", "input" if first else None)
        names = sources if isinstance(sources, list) else [sources]
        inputs = [previous if name is None else known.get(str(name)) for name in names]
        takes = inputs[0] if len(inputs) == 1 or row.op == "add" else None
        gives = _gives(editor, row, takes)
        yield Placed(row, takes, gives, "input" in names)
        if "id" in cells:
            known[str(cells["id"])] = gives
        previous, first = gives, False


def _gives(editor: Editor, row: Row, takes: int | None) -> int | None:
    params = editor.document.get("params") or {}
    for name, cell in row.cells():
        filled = params.get(cell[1:], cell) if str(cell).startswith("$") else cell
        meaning = row.meaning(name, filled)
        if "out" in meaning.keywords:
            out = meaning.keywords["out"]
            return out if isinstance(out, int) else None
        if "output" in meaning.asserts:
            return int(meaning.asserts["output"][0])
    if row.op in (editor.document.get("blocks") or {}):
        return None
    spelling = SPELLINGS.get(normal(row.op))
    if spelling is None or (
        issubclass(spelling.cls, Operator) and spelling.cls.channel_rule in ("new", "concat")
    ):
        return None
    return takes


def _asserted(column: str, value: Any) -> int | None:
    size = Row([value], [column]).meaning(column, value).asserts.get(column)
    return int(size[0]) if size else None
