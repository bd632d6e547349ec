"""Activation memory: the peak of the activations alive at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archcalc.base.number import Number, maximum
from archcalc.language.graph import Graph
from archcalc.language.spec.calls import INPUT


def peak_memory(graph: Graph, sizes: Mapping[str, Number]) -> Any:
    """Return the largest sum of live activations, in the unit of ``sizes`` (by value id).

    While a layer runs, its inputs, its output and every value that a later layer reads are alive:
    shortcuts, branches, outputs. Weights are not included.
    """
    lies_in, dying = graph.buffers, graph.freed
    live: Any = sizes[INPUT]
    peak: Any = live
    for node in graph.nodes:
        if lies_in[node.id] == node.id:
            live = live + sizes[node.id]
            peak = maximum(peak, live)
        for buffer in dying.get(node.id, ()):
            live = live - sizes[buffer]
    return peak
