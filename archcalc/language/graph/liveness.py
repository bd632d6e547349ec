"""Activation memory: which values are materialised, and the peak of those alive at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archcalc.base.number import Number, maximum
from archcalc.language.graph import Graph
from archcalc.language.graph.graph import INPUT


def buffers(graph: Graph) -> dict[str, str]:
    """Return for each value the value whose buffer it uses: itself, where it is materialised.

    Norms and activations work in place, unless another layer still reads their input or it is
    the net's input.
    """
    uses: dict[str, int] = dict.fromkeys(graph.outputs, 1)
    for node in graph.nodes:
        for name in node.inputs:
            uses[name] = uses.get(name, 0) + 1
    lies_in = {INPUT: INPUT}
    for node in graph.nodes:
        (source, *others) = node.inputs
        in_place = node.op.in_place and not others and uses[source] == 1 and source != INPUT
        lies_in[node.id] = lies_in[source] if in_place else node.id
    return lies_in


def peak_memory(graph: Graph, sizes: Mapping[str, Number]) -> Any:
    """Return the largest sum of live activations, in the unit of ``sizes`` (by value id).

    While a layer runs, its inputs, its output and every value that a later layer reads are alive:
    shortcuts, branches, outputs. Weights are not included.
    """
    lies_in, dying = buffers(graph), freed(graph)
    live: Any = sizes[INPUT]
    peak: Any = live
    for node in graph.nodes:
        if lies_in[node.id] == node.id:
            live = live + sizes[node.id]
            peak = maximum(peak, live)
        for buffer in dying.get(node.id, ()):
            live = live - sizes[buffer]
    return peak


def freed(graph: Graph) -> dict[str, list[str]]:
    """Return for each node, by id, the values that can be freed after it has run."""
    lies_in = buffers(graph)
    last_use: dict[str, int] = {}
    for index, node in enumerate(graph.nodes):
        for name in (node.id, *node.inputs):
            last_use[lies_in[name]] = index
    for name in graph.outputs:
        last_use[lies_in[name]] = len(graph.nodes)
    dying: dict[str, list[str]] = {}
    for buffer, index in last_use.items():
        if index < len(graph.nodes):
            dying.setdefault(graph.nodes[index].id, []).append(buffer)
    return dying
