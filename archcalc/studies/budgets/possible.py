"""Which widths, prune ratios and sides a net can have, found for many of them at once.

A sweep refuses a whole grid for one impossible variant. Impossible ones need not lie at an end:
groups divide some widths, and branches meet at some sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ShapeError
from archcalc.language.graph import Graph, Node, Variant
from archcalc.language.graph.build import Prune, Ratio, build, graph_of, prune_ratios, width_of
from archcalc.language.graph.graph import INPUT
from archcalc.language.graph.groups import group_widths, total
from archcalc.language.spec.spec import Spec

Mask = npt.NDArray[np.bool_]


def possible_widths(
    spec: Spec, widths: Sequence[Ratio], prunes: Sequence[Prune], multiple: int
) -> Mask:
    """Return of every width (rows) with every prune ratio whether grouped layers can divide it.

    Raises ArchcalcError for bad values.
    """
    graph = graph_of(spec)
    fine = np.ones((len(widths), len(prunes)), dtype=bool)
    grouped = [node for node in graph.nodes if _groups(node) > 1]
    if not grouped or not fine.size:
        return fine
    build(spec, multiple=multiple)  # refuses what is no multiple
    ratios = [prune_ratios(graph, prune) for prune in prunes]
    multipliers = np.asarray([width_of(spec, width) for width in widths], dtype=np.int64)
    channels = group_widths(
        graph.groups,
        graph.rounding,
        multipliers[:, None],
        {
            name: np.asarray([[ratio.get(name, 0) for ratio in ratios]], dtype=np.int64)
            for name in sorted({name for ratio in ratios for name in ratio})
        },
        multiple,
    )
    for node in grouped:
        for layout in (*_layouts(graph, node), node.channels):
            fine &= np.asarray(total(layout, channels) % _groups(node) == 0)
    return fine


def possible_sides(spec: Spec, sides: Sequence[tuple[int, int]]) -> Mask:
    """Return of every (height, width) whether no map vanishes and all that meet fit together."""
    graph = graph_of(spec)
    fine = np.ones(len(sides), dtype=bool)
    if not len(sides):
        return fine
    height, side = np.asarray(sides, dtype=np.int64).T
    widths = {group.name: group.base for group in graph.groups}
    shapes: dict[str, Any] = dict(graph.shapes(Variant(widths, height, side)))
    for node in graph.nodes:
        channels, *map_ = shapes[node.id]
        fine &= (np.minimum(*map_) >= 1) & _meets(
            node, [shapes[name] for name in node.inputs], channels, len(sides)
        )
    return fine


def _meets(node: Node, inputs: Sequence[Any], channels: int, count: int) -> Any:
    """Return at which sides the inputs of a node fit together."""
    maps = np.stack([np.broadcast_to(size, count) for _, *map_ in inputs for size in map_], axis=1)
    if (maps == np.tile(maps[:, :2], len(inputs))).all():
        return True  # as a rule; and of one input nothing can differ
    kinds, at = np.unique(maps, axis=0, return_inverse=True)
    own = [one for one, *_ in inputs]
    passes = [
        _passes(node, [[c, *kind[2 * i : 2 * i + 2]] for i, c in enumerate(own)], channels)
        for kind in kinds.tolist()
    ]
    return np.asarray(passes)[at.reshape(-1)]


def _passes(node: Node, inputs: Sequence[Any], channels: int) -> bool:
    try:
        node.op.check(inputs, channels)
    except ShapeError:
        return False
    return True


def _groups(node: Node) -> int:
    # to ask a pydantic model for an attribute that it lacks is slow, and most lack it
    groups = getattr(node.op, "groups", None) if "groups" in type(node.op).model_fields else None
    return int(groups or 1)


def _layouts(graph: Graph, node: Node) -> list[tuple[str, ...]]:
    return [
        graph.input_channels if name == INPUT else graph.by_id[name].channels
        for name in node.inputs
    ]
