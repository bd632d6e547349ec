"""The operators' rules run once over arrays: every variant of one graph in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.cost.convention import Convention
from archcalc.cost.memory import buffers, peak_memory
from archcalc.graph import Graph, Variant
from archcalc.graph.groups import group_widths
from archcalc.ops import elements

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Axes:
    """What varies, as arrays that broadcast against one another.

    ``width`` holds multipliers and ``prune`` ratios by channel group, both in 1/10⁴; ``height``
    and ``side`` pixels. For a product each has an axis of its own; for a list all share one.
    """

    width: Integers
    height: Integers
    side: Integers
    prune: Mapping[str, Integers]
    multiple: int = 8

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the results."""
        arrays = (self.width, self.height, self.side, *self.prune.values())
        return np.broadcast_shapes(*(array.shape for array in arrays))


@dataclass(frozen=True)
class Totals:
    """Costs of every variant, arrays of the axes' shape; bytes at the dtype asked for."""

    madds: Integers
    params: Integers
    weight_bytes: Integers
    activation_bytes: Integers
    peak_memory_bytes: Integers


def evaluate(
    graph: Graph, axes: Axes, convention: Convention, *, batch: int = 1, dtype_bytes: int = 4
) -> Totals:
    """Return the totals of every variant of ``graph``; the same rules as `count`, exactly."""
    shapes = graph.shapes(_variant(graph, axes))
    lies_in = buffers(graph)
    scale = batch * dtype_bytes
    counts = {node.id: node.count for node in graph.nodes}
    # sizes stay in elements until the end: one product for all instead of one for each layer
    sizes = {
        name: _times(elements(shape), counts.get(name, 1))
        for name, shape in shapes.items()
        if lies_in[name] == name
    }
    madds: Any = 0
    params: Any = 0
    weights: Any = 0
    activations: Any = 0
    for node in graph.nodes:
        terms = node.op.terms([shapes[name] for name in node.inputs], shapes[node.id])
        madds = _add(madds, _times(convention.madds(terms), node.count))
        params = _add(params, convention.params(terms))
        weights = _add(weights, terms.weights + terms.biases + terms.norm_params)
        if node.id in sizes:
            activations = _add(activations, sizes[node.id])
    shape = axes.shape
    return Totals(
        madds=_full(madds * batch, shape),
        params=_full(params, shape),
        weight_bytes=_full(weights * dtype_bytes, shape),
        activation_bytes=_full(activations * scale, shape),
        peak_memory_bytes=_full(peak_memory(graph, sizes) * scale, shape),
    )


def evaluate_layers(
    graph: Graph, axes: Axes, convention: Convention, *, batch: int = 1
) -> dict[str, tuple[Integers, Integers]]:
    """Return (MAdds, params) of every layer by its id, arrays of the axes' shape."""
    shapes = graph.shapes(_variant(graph, axes))
    layers = {}
    for node in graph.nodes:
        terms = node.op.terms([shapes[name] for name in node.inputs], shapes[node.id])
        madds = convention.madds(terms) * node.count * batch
        layers[node.id] = (_full(madds, axes.shape), _full(convention.params(terms), axes.shape))
    return layers


def widths_of(graph: Graph, axes: Axes) -> dict[str, Any]:
    """Return the width of every channel group, by name."""
    return group_widths(graph.groups, graph.rounding, axes.width, axes.prune, axes.multiple)


def smallest_side(graph: Graph, heights: Sequence[int]) -> Integers:
    """Return for each input side the smallest side that any map shrinks to."""
    sides = np.asarray(heights, dtype=np.int64)
    widths = {group.name: group.base for group in graph.groups}
    shapes = graph.shapes(Variant(widths, sides, sides))
    least = sides
    for _, height, width in shapes.values():
        least = np.minimum(least, np.minimum(height, width))  # type: ignore[call-overload]
    return least


def _variant(graph: Graph, axes: Axes) -> Variant:
    return Variant(widths_of(graph, axes), axes.height, axes.side)


def _times(value: Any, count: int) -> Any:
    return value if count == 1 else value * count


def _add(total: Any, value: Any) -> Any:
    return value if isinstance(total, int) and total == 0 else total + value


def _full(value: Any, shape: tuple[int, ...]) -> Integers:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(value, dtype=np.int64), shape))
