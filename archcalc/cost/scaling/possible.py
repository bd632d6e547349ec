"""Checks many widths, prune ratios and sides of a net at once.

Impossible ones are not only at the ends: grouped layers divide some widths, and branches have maps
of one size at some sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.language.graph import Graph, Net, Node, Variant
from archcalc.language.graph.build import Prune, Ratio, build, graph_of, prune_ratios, width_of
from archcalc.language.graph.groups import group_widths, total
from archcalc.language.spec.spec import Spec

Mask = npt.NDArray[np.bool_]
Side = tuple[int, int]


def possible_widths(
    spec: Spec, widths: Sequence[Ratio], prunes: Sequence[Prune], multiple: int
) -> Mask:
    """Return for every width (rows) and prune ratio whether grouped layers can divide it.

    Raises ArchcalcError for bad values.
    """
    graph = graph_of(spec)
    fine = np.ones((len(widths), len(prunes)), dtype=bool)
    if not has_groups(graph) or not fine.size:
        return fine
    build(spec, multiple=multiple)  # raises for an invalid multiple
    ratios = [prune_ratios(graph, prune) for prune in prunes]
    multipliers = np.asarray([width_of(spec, width) for width in widths], dtype=np.int64)
    cuts = {
        name: np.asarray([[ratio.get(name, 0) for ratio in ratios]], dtype=np.int64)
        for name in sorted({name for ratio in ratios for name in ratio})
    }
    channels = group_widths(graph.groups, graph.rounding, multipliers[:, None], cuts, multiple)
    fine &= divisible(graph, channels)
    return fine


def possible_sides(spec: Spec, sides: Sequence[Side]) -> Mask:
    """Return for every (height, width) whether no map vanishes and every layer's inputs match."""
    graph = graph_of(spec)
    fine = np.ones(len(sides), dtype=bool)
    if not len(sides):
        return fine
    height, side = np.asarray(sides, dtype=np.int64).T
    widths = {group.name: group.base for group in graph.groups}
    shapes: dict[str, Any] = dict(graph.shapes(Variant(widths, height, side)))
    for node in graph.nodes:
        channels, tall, wide = shapes[node.id]
        fine &= np.asarray((tall >= 1) & (wide >= 1))
        for one, other in node.op.equalities([shapes[name] for name in node.inputs], channels):
            fine &= np.asarray(one == other)
    return fine


def fitting_widths(net: Net, widths: Iterable[str]) -> list[str]:
    """Return those of ``widths`` that a net can have, pruned as it is, once each and ascending."""
    ordered = sorted(set(widths), key=Decimal)
    fine = possible_widths(net.spec, ordered, [net.prune or 0], net.multiple)[:, 0]
    return list(compress(ordered, fine))


def fitting_sides(spec: Spec, sides: Iterable[Side]) -> list[Side]:
    """Return those of ``sides`` (height, width) that a net can have, smallest area first."""
    ordered = sorted(set(sides), key=lambda side: (side[0] * side[1], side))
    return list(compress(ordered, possible_sides(spec, ordered)))


def has_groups(graph: Graph) -> bool:
    """Return whether a layer divides its channels into groups."""
    return any(map(_divides, graph.nodes))


def divisible(graph: Graph, channels: Mapping[str, Any]) -> Any:
    """Return where all grouped layers can divide their channels.

    ``channels``: the width of every channel group, as ints or arrays; the result has their shape.
    """
    fine: Any = np.True_
    for node in filter(_divides, graph.nodes):
        inputs = [(total(graph.channels_of(name), channels), 1, 1) for name in node.inputs]
        for one, other in node.op.equalities(inputs, total(node.channels, channels)):
            fine = fine & (one == other)
    return fine


def _divides(node: Node) -> bool:
    return (node.op.keyword("groups") or 1) > 1
