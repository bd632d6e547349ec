"""What a net does, term by term, and how often the convention counts each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable
from archcalc.language.ops import PARAMETER_TERMS, WORK_TERMS


@dataclass(frozen=True)
class Part:
    """One term of the whole net for the whole batch, and how often it counts (0: not at all).

    ``name``: a term of `Terms`, or what other tools count: "input", "output", "pixels".
    """

    name: str
    amount: int
    times: int

    @property
    def counted(self) -> int:
        """What it adds to the total."""
        return self.amount * self.times


def work_parts(table: CostTable) -> list[Part]:
    """Return what the MAdds are the sum of, then what is not counted; the largest first."""
    return _parts([one for layer in table.layers for one in _work(table, layer)])


def parameter_parts(table: CostTable) -> list[Part]:
    """Return what the parameters are the sum of, then what is not counted."""
    chosen = table.convention.parameters
    found = [
        (name, int(name in chosen), getattr(layer.terms, name))
        for name in PARAMETER_TERMS
        for layer in table.layers
    ]
    return _parts(found)


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


def _parts(found: list[tuple[str, int, int]]) -> list[Part]:
    sums: dict[tuple[str, int], int] = {}
    for name, times, amount in found:
        sums[name, times] = sums.get((name, times), 0) + amount
    parts = [Part(name, amount, times) for (name, times), amount in sums.items() if amount]
    return sorted(parts, key=lambda part: (not part.times, -part.amount))
