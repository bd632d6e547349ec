"""Whether two specs describe one net, however they are written or transformed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archcalc.language.graph.build import graph_of
from archcalc.language.spec.spec import Spec


def same_net(one: Spec, other: Spec) -> bool:
    """Return whether two specs have one net at every width, resolution and prune ratio.

    Raises SpecError for one that cannot be built.
    """
    return one is other or _structure(one) == _structure(other)


def _structure(spec: Spec) -> tuple[Any, ...]:
    """Return all of a graph that costs or computations depend on."""
    graph = graph_of(spec)
    nodes = [replace(node, line=0) for node in graph.nodes]
    return nodes, graph.groups, graph.input_channels, graph.reference, graph.outputs, graph.rounding
