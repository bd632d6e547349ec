"""Two cost tables side by side, aligned by row and block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from archcalc.cost.table import CostTable, LayerCost
from archcalc.spec.schema import size_text
from archcalc.tables import Record, Table

Status = Literal["same", "changed", "removed", "added"]


@dataclass(frozen=True)
class Pair:
    """One block of either net, or of both where they correspond."""

    a: tuple[LayerCost, ...]
    b: tuple[LayerCost, ...]

    @property
    def status(self) -> Status:
        """Whether the block is only in one net, or costs and looks the same in both."""
        if not self.b:
            return "removed"
        if not self.a:
            return "added"
        return "same" if _look(self.a) == _look(self.b) else "changed"

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
    """The blocks of two nets, aligned, with what each costs in both."""

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

    def to_dict(self) -> Record:
        heads = {side: _head(table) for side, table in (("a", self.a), ("b", self.b))}
        return {**heads, "totals": self.totals, "rows": self.records()}


def diff(a: CostTable, b: CostTable) -> DiffTable:
    """Align two cost tables by row and block.

    Variants of one spec are aligned by the ids of their blocks; two different nets by the
    longest common run of blocks of one kind and output size.
    """
    left, right = _blocks(a), _blocks(b)
    keys: list[list[Any]]
    if a.net.graph.name == b.net.graph.name:
        keys = [[layers[0].node.block for layers in side] for side in (left, right)]
    else:
        keys = [[_kind(layers) for layers in side] for side in (left, right)]
    return DiffTable(a, b, tuple(_align(left, right, *keys)))


def _align(
    left: list[tuple[LayerCost, ...]],
    right: list[tuple[LayerCost, ...]],
    left_keys: Sequence[Any],
    right_keys: Sequence[Any],
) -> Iterator[Pair]:
    matcher = SequenceMatcher(a=left_keys, b=right_keys, autojunk=False)
    for _, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        # within a stretch that differs, blocks are paired as they come; the rest stands alone
        for index in range(max(a_to - a_from, b_to - b_from)):
            yield Pair(
                left[a_from + index] if a_from + index < a_to else (),
                right[b_from + index] if b_from + index < b_to else (),
            )


def _blocks(table: CostTable) -> list[tuple[LayerCost, ...]]:
    return list(table.by("block").groups.values())


def _kind(layers: Sequence[LayerCost]) -> tuple[Any, ...]:
    return _ops(layers), layers[-1].output[1:]


def _ops(layers: Sequence[LayerCost]) -> str | None:
    """Name a block by its convolutions and products, or by its first layer without any."""
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
