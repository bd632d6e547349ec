"""The icicle: a net above its stages, those above their blocks, those above their layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from archcalc import CostTable
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_percent, percent
from archcalc.cost.counting.layer import LayerCost
from archcalc.output.drawing.diagram import NodeKind
from archcalc.output.drawing.words import kind_of
from dashboard.shell.fields import choice_field

QUANTITY = choice_field("of", ("madds", "params"))
"""What the widths of an icicle are."""

LEVELS = ("net", "stage", "block", "layer")


@dataclass(frozen=True)
class Piece:
    """One rectangle: from ``left`` to ``right`` in counts, at a level from 0, the net's.

    ``block``: the block to open, the heaviest where there are several. ``kind``: of a layer, how
    drawings colour it.
    """

    level: int
    key: str
    label: str
    stage: int
    block: str
    left: int
    right: int
    value: int
    share: float
    kind: NodeKind | None = None

    def to_dict(self) -> Record:
        """Return the record that a chart draws, with the count in words."""
        words = {"count": format_count(self.value), "percent": format_percent(self.share)}
        return {**asdict(self), **words}


def icicle(table: CostTable, quantity: str) -> list[Piece]:
    """Return the pieces of ``quantity`` ("madds" or "params"); what has none of it is left out."""
    layers = [layer for layer in table.layers if _value(layer, quantity)]
    return list(_pieces(layers, quantity, table.net.name)) if layers else []


def _pieces(layers: Sequence[LayerCost], quantity: str, name: str) -> Iterator[Piece]:
    whole = sum(_value(layer, quantity) for layer in layers)
    ends: list[tuple[int, int]] = []
    at = 0
    for layer in layers:
        ends.append((at, at + _value(layer, quantity)))
        at = ends[-1][1]

    def piece(
        level: int, key: str, label: str, numbers: Sequence[int], kind: NodeKind | None = None
    ) -> Piece:
        left, right = ends[numbers[0]][0], ends[numbers[-1]][1]
        heaviest = max((layers[n] for n in numbers), key=lambda one: _value(one, quantity))
        return Piece(
            level=level,
            key=key,
            label=label,
            stage=layers[numbers[0]].node.stage,
            block=heaviest.node.block,
            left=left,
            right=right,
            value=right - left,
            share=percent(right - left, whole) or 0.0,
            kind=kind,
        )

    every = range(len(layers))
    yield piece(0, name, name, every)
    # runs of layers: a stage or a block whose layers stand apart is drawn where they stand
    for stage, run in groupby(every, lambda n: layers[n].node.stage):
        yield piece(1, f"stage_{stage}", f"stage {stage}", list(run))
    for block, run in groupby(every, lambda n: layers[n].node.block):
        yield piece(2, block, block, list(run))
    for number in every:
        node = layers[number].node
        yield piece(3, node.id, node.op.label, [number], kind_of(node))


def _value(layer: LayerCost, quantity: str) -> int:
    value: int = getattr(layer, quantity)
    return value
