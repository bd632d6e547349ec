"""Where a net has which activation: how many values pass through each."""

from __future__ import annotations

from archcalc.cost.counting.table import CostTable
from archcalc.language.ops import elements
from archcalc.language.ops.activation import Activation


def activation_values(cost: CostTable) -> dict[str, int]:
    """Return the values that pass through each activation for one image, the most first.

    By the activations' names; a layer that runs several times counts as often.

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
