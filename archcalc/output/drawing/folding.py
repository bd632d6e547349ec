"""Folds layers that are drawn as one: a convolution with its norm and activation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archcalc.language.graph import Graph, Node
from archcalc.output.drawing.words import is_pointwise, kind_of, takes_up


def consumers_of(graph: Graph) -> dict[str, list[str]]:
    """Return the readers of each node, by id; the net's outputs are read by ""."""
    found: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for node in graph.nodes:
        for name in node.inputs:
            found.setdefault(name, []).append(node.id)
    for name in graph.outputs:
        found.setdefault(name, []).append("")
    return found


def fold(nodes: Iterable[Node], readers: dict[str, list[str]]) -> list[tuple[Node, ...]]:
    """Return ``nodes`` in chains, each one box, ordered by their last layers.

    A norm or an activation joins the layer before it if nothing else reads that; leading norms and
    activations join the only convolution after them (pre-activation).
    """
    chains: list[list[Node]] = []
    chain_of: dict[str, list[Node]] = {}
    for node in nodes:
        before = chain_of.get(node.inputs[0]) if len(node.inputs) == 1 else None
        if before and (readers[node.inputs[0]] != [node.id] or not _joins(before, node)):
            before = None
        if before is None:
            before = []
            chains.append(before)
        before.append(node)
        chain_of[node.id] = before
    place = {name: index for index, name in enumerate(chain_of)}
    chains.sort(key=lambda chain: place[chain[-1].id])
    return [tuple(chain) for chain in chains]


def _joins(chain: Sequence[Node], node: Node) -> bool:
    if chain[-1].block != node.block:
        return False
    if is_pointwise(node):
        return takes_up(chain[0])
    return kind_of(node) in ("conv", "depthwise", "linear") and all(map(is_pointwise, chain))


def main_layer(chain: Sequence[Node]) -> Node:
    """Return the layer that names a chain: its convolution, or else its first layer."""
    return next((node for node in chain if not is_pointwise(node)), chain[0])


def part_name(chain: Sequence[Node]) -> str:
    """Return a chain's name within its block: "expand", "depthwise.se.pool", or "" alone."""
    node = main_layer(chain)
    part = node.id.removeprefix(node.block).removeprefix(".")
    stem, _, last = part.rpartition(".")
    return stem if last == node.op.name else part
