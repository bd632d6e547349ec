"""Runs the operators' rules over arrays: every variant of one graph in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from archcalc.cost.scaling.factors import Area, Integers, Sum, full
from archcalc.cost.scaling.peaks import Live
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph import Graph, Variant
from archcalc.language.graph.groups import group_widths
from archcalc.language.graph.liveness import peak_memory
from archcalc.language.ops import PARAMETER_TERMS, elements


@dataclass(frozen=True)
class Axes:
    """The choices, as arrays that broadcast against one another.

    ``width``: multipliers, ``prune``: ratios by channel group, both in 1/10⁴; ``height`` and
    ``side`` in pixels. For a product each has an axis of its own; for a list all share one.
    """

    width: Integers
    height: Integers
    side: Integers
    prune: Mapping[str, Integers]
    multiple: int = 8
    prunes: int = 1
    """Length of the last axis of a product, where no group is cut in any of them."""

    @property
    def is_product(self) -> bool:
        """Whether widths, resolutions and prune ratios each have an axis of their own."""
        return self.width.ndim == 3

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the results."""
        arrays = (self.width, self.height, self.side, *self.prune.values())
        last = [(1, 1, self.prunes)] if self.is_product else []
        return np.broadcast_shapes(*(array.shape for array in arrays), *last)


@dataclass(frozen=True)
class Totals:
    """Costs of every variant, as arrays of the axes' shape; bytes at the given dtype."""

    madds: Integers
    params: Integers
    weight_bytes: Integers
    activation_bytes: Integers
    peak_memory_bytes: Integers


def evaluate(
    graph: Graph, axes: Axes, convention: Convention, *, batch: int, dtype_bytes: int
) -> Totals:
    """Return the totals of every variant of ``graph``, by the same rules as `count`."""
    shapes = graph.shapes(_variant(graph, axes))
    lies_in = graph.buffers
    counts = {node.id: node.count for node in graph.nodes}
    # sizes are in elements until the end: one product instead of one per layer
    sizes = {
        name: _times(elements(shape), counts.get(name, 1))
        for name, shape in shapes.items()
        if lies_in[name] == name
    }
    madds, weights, activations = Sum(), Sum(), Sum()
    all_weights = set(convention.parameters) == set(PARAMETER_TERMS)
    params = weights if all_weights else Sum()
    for node in graph.nodes:
        inputs, output = [shapes[name] for name in node.inputs], shapes[node.id]
        terms = node.op.terms(inputs, output)
        for number, weight in convention.parts(node.op, inputs, output, terms):
            madds.add(number, weight * node.count)
        for name in () if all_weights else convention.parameters:
            params.add(getattr(terms, name))
        for name in PARAMETER_TERMS:
            weights.add(getattr(terms, name))
        if node.id in sizes:
            activations.add(sizes[node.id])
    shape, scale = axes.shape, batch * dtype_bytes
    return Totals(
        madds=_full(madds.total() * batch, shape),
        params=_full(params.total(), shape),
        weight_bytes=_full(weights.total() * dtype_bytes, shape),
        activation_bytes=_full(activations.total() * scale, shape),
        peak_memory_bytes=_full(_peak(graph, sizes, axes) * scale, shape),
    )


def evaluate_layers(
    graph: Graph, axes: Axes, convention: Convention, *, batch: int
) -> dict[str, tuple[Integers, Integers]]:
    """Return (MAdds, params) of every layer by its id, arrays of the axes' shape."""
    shapes = graph.shapes(_variant(graph, axes))
    layers, shape = {}, axes.shape
    for node in graph.nodes:
        inputs, output = [shapes[name] for name in node.inputs], shapes[node.id]
        terms = node.op.terms(inputs, output)
        madds = convention.madds(node.op, inputs, output, terms) * node.count * batch
        layers[node.id] = (_full(madds, shape), _full(convention.params(terms), shape))
    return layers


def widths_of(graph: Graph, axes: Axes) -> dict[str, Any]:
    """Return the width of every channel group, by name."""
    return group_widths(graph.groups, graph.rounding, axes.width, axes.prune, axes.multiple)


def _variant(graph: Graph, axes: Axes) -> Variant:
    sides = axes.height, axes.side
    if axes.is_product:
        return Variant(widths_of(graph, axes), *(side.view(Area) for side in sides))
    return Variant(widths_of(graph, axes), *sides)


def _peak(graph: Graph, sizes: Mapping[str, Any], axes: Axes) -> Any:
    if not axes.is_product:
        return peak_memory(graph, sizes)
    live: Any = {name: Live.of(size) for name, size in sizes.items()}
    peak = peak_memory(graph, live)
    return peak.full()


def _times(value: Any, count: int) -> Any:
    return value if count == 1 else value * count


def _full(value: Any, shape: tuple[int, ...]) -> Integers:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(full(value), dtype=np.int64), shape))
