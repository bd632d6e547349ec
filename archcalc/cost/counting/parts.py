"""The terms of a net's cost, and how often the convention counts each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable
from archcalc.language.ops import PARAMETER_TERMS, WORK_TERMS, elements
from archcalc.language.ops.activation import Activation


@dataclass(frozen=True)
class TermCount:
    """One term of the whole net for the whole batch, and how often it counts (0: not at all).

    ``name``: a term of `Terms`, or what other tools count: "input", "output", "pixels".
    """

    name: str
    amount: int
    times: int

    @property
    def counted(self) -> int:
        """Its part of the total."""
        return self.amount * self.times


def work_parts(table: CostTable) -> list[TermCount]:
    """Return the terms of the MAdds, then those not counted; the largest first."""
    return _parts([one for layer in table.layers for one in _work(table, layer)])


def parameter_parts(table: CostTable) -> list[TermCount]:
    """Return the terms of the parameters, then those not counted."""
    chosen = table.convention.parameters
    found = [
        (name, int(name in chosen), getattr(layer.terms, name))
        for name in PARAMETER_TERMS
        for layer in table.layers
    ]
    return _parts(found)


def activation_values(cost: CostTable) -> dict[str, int]:
    """Return the number of values through each activation for one image, the most first.

    By activation name; a layer counts once per run.

    >>> from archcalc import build, count
    >>> list(activation_values(count(build("mobilenet_v3_large"))))
    ['relu', 'hard_swish', 'hard_sigmoid']
    """
    found: dict[str, int] = {}
    for layer in cost.layers:
        op = layer.node.op
        if isinstance(op, Activation):
            number = int(elements(layer.output)) * layer.node.count
            found[op.kind] = found.get(op.kind, 0) + number
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _work(table: CostTable, layer: LayerCost) -> Iterator[tuple[str, int, int]]:
    op, runs = layer.node.op, layer.node.count * table.batch
    work = {name: n for name, n in layer.terms.nonzero().items() if name in WORK_TERMS}
    if not work:
        return
    weights = table.convention.weights(op)
    parts = table.convention.parts(op, layer.inputs, layer.output, layer.terms)
    for name, (amount, times) in zip(weights, parts, strict=True):
        yield name, times, amount * runs
    for name, amount in work.items():
        if name not in weights:
            yield name, 0, amount * runs


def _parts(found: list[tuple[str, int, int]]) -> list[TermCount]:
    sums: dict[tuple[str, int], int] = {}
    for name, times, amount in found:
        sums[name, times] = sums.get((name, times), 0) + amount
    parts = [TermCount(name, amount, times) for (name, times), amount in sums.items() if amount]
    return sorted(parts, key=lambda part: (not part.times, -part.amount))
