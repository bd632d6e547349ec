"""Two cost tables side by side, aligned by row and block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, ClassVar, Literal

from archcalc.base.names import size_text
from archcalc.base.tables import Record, Table
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable

Status = Literal["same", "changed", "removed", "added"]
STATUSES: tuple[Status, ...] = ("same", "changed", "removed", "added")
_MOST_KINDS = 3
"""Maximum number of kinds of change that are listed in words."""
BlockLayers = tuple[LayerCost, ...]
_MOST_COMPARED = 1_000_000
"""Maximum number of pairs to compare; beyond it blocks are paired in order."""


@dataclass(frozen=True)
class Pair:
    """One block of either net, or of both where they correspond."""

    a: tuple[LayerCost, ...]
    b: tuple[LayerCost, ...]

    @property
    def status(self) -> Status:
        """Whether the block is in one net only, or the same in both."""
        if not self.b:
            return "removed"
        if not self.a:
            return "added"
        return "same" if _look(self.a) == _look(self.b) else "changed"

    @property
    def change(self) -> str:
        """Layers that a changed block gains (+) and loses (-): "+ relu, - relu6"; else ""."""
        if self.status != "changed":
            return ""
        a, b = (Counter(layer.node.op.label for layer in side) for side in (self.a, self.b))
        return ", ".join(
            f"{sign} {label}" + (f" x {count}" if count > 1 else "")
            for sign, apart in (("+", b - a), ("-", a - b))
            for label, count in apart.items()
        )

    def to_dict(self) -> Record:
        """Return one record; the figures of an absent block are None."""
        return {
            "status": self.status,
            "a": self.a[0].node.block if self.a else None,
            "b": self.b[0].node.block if self.b else None,
            "op_a": _ops(self.a),
            "op_b": _ops(self.b),
            "output_a": size_text(self.a[-1].output) if self.a else None,
            "output_b": size_text(self.b[-1].output) if self.b else None,
            **{
                f"{name}_{side}": sum(getattr(layer, name) for layer in layers) if layers else None
                for name in ("madds", "params")
                for side, layers in (("a", self.a), ("b", self.b))
            },
        }


@dataclass(frozen=True)
class DiffTable(Table):
    """The aligned blocks of two nets, with their costs in both."""

    kind: ClassVar[str] = "diff"
    a: CostTable
    b: CostTable
    pairs: tuple[Pair, ...]

    @property
    def title(self) -> str:
        return f"{self.a.net.title} → {self.b.net.title} · {self.a.convention.name}"

    def records(self) -> list[Record]:
        return [pair.to_dict() for pair in self.pairs]

    @property
    def totals(self) -> Record:
        """Totals of both nets and the ratio of b to a."""
        totals: Record = {"a": self.a.totals, "b": self.b.totals}
        totals["ratio"] = {
            name: round(self.b.totals[name] / value, 6) if value else None
            for name, value in self.a.totals.items()
        }
        return totals

    @property
    def changes(self) -> dict[str, int]:
        """Number of changed blocks by gained (+) or lost (-) layer, such as "+ relu"."""
        changes = Counter(pair.change for pair in self.pairs)
        del changes[""]
        return dict(changes)

    def notes(self) -> Sequence[str]:
        """Return the layers that changed blocks gain and lose, if there are few kinds."""
        lines = [
            f"{count} block{'s' if count > 1 else ''}: {text}"
            for text, count in self.changes.items()
        ]
        return lines if len(lines) <= _MOST_KINDS else []

    def to_dict(self) -> Record:
        heads = {side: _head(table) for side, table in (("a", self.a), ("b", self.b))}
        return {**heads, "totals": self.totals, "rows": self.records()}


def diff(a: CostTable, b: CostTable) -> DiffTable:
    """Align two cost tables by row and block.

    Variants with the same blocks are aligned by their ids; other nets by the longest common
    run of blocks of one kind and output size, and between those by similarity.
    """
    left, right = _blocks(a), _blocks(b)
    ids = [[layers[0].node.block for layers in side] for side in (left, right)]
    if a.net.graph.name == b.net.graph.name and ids[0] == ids[1]:
        return DiffTable(a, b, tuple(map(Pair, left, right)))
    return DiffTable(a, b, tuple(_align(left, right)))


def _align(left: Sequence[BlockLayers], right: Sequence[BlockLayers]) -> Iterator[Pair]:
    keys = [[_kind(layers) for layers in side] for side in (left, right)]
    matcher = SequenceMatcher(a=keys[0], b=keys[1], autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        one, other = left[a_from:a_to], right[b_from:b_to]
        if tag == "equal":
            yield from map(Pair, one, other)
        elif len(one) * len(other) <= _MOST_COMPARED:
            yield from _most_alike(one, other)
        else:
            yield from (Pair(a, b) for a, b in zip_longest(one, other, fillvalue=()))


def _most_alike(left: Sequence[BlockLayers], right: Sequence[BlockLayers]) -> Iterator[Pair]:
    """Pair blocks in order, with the greatest total similarity."""
    rows, columns = len(left), len(right)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = _likeness(left[i], right[j]) + best[i + 1][j + 1]
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows or j < columns:
        both = i < rows and j < columns
        if both and best[i][j] == _likeness(left[i], right[j]) + best[i + 1][j + 1]:
            yield Pair(left[i], right[j])
            i, j = i + 1, j + 1
        elif i < rows and best[i][j] == best[i + 1][j]:
            yield Pair(left[i], ())
            i += 1
        else:
            yield Pair((), right[j])
            j += 1


def _likeness(a: BlockLayers, b: BlockLayers) -> int:
    """Return a pair's similarity: output, kinds of operators, kernels, output size."""
    one, other = a[-1].output, b[-1].output
    kinds = [[layer.node.op.label.split(" ")[0] for layer in x if layer.madds] for x in (a, b)]
    return (
        4 * (one == other)
        + 3 * (kinds[0] == kinds[1])
        + 2 * (_ops(a) == _ops(b))
        + (one[1:] == other[1:])
    )


def _blocks(table: CostTable) -> list[BlockLayers]:
    return list(table.by("block").groups.values())


def _kind(layers: Sequence[LayerCost]) -> tuple[Any, ...]:
    return _ops(layers), layers[-1].output[1:]


def _ops(layers: Sequence[LayerCost]) -> str | None:
    """Return a block's convolutions and products, or its first layer without any."""
    working = [layer.node.op.label for layer in layers if layer.madds]
    return " + ".join(working or [layer.node.op.label for layer in layers[:1]]) or None


def _look(layers: Sequence[LayerCost]) -> list[Any]:
    return [
        (layer.node.op, layer.inputs, layer.output, layer.madds, layer.params) for layer in layers
    ]


def _head(table: CostTable) -> Record:
    head = table.head()
    del head["totals"]
    return head
