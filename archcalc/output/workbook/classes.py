"""The channel groups that depend on the number of classes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.language.graph import Graph, Group, Net, Node
from archcalc.language.graph.build import graph_of
from archcalc.language.graph.groups import Fixed
from archcalc.language.spec.spec import Spec

_NAMES = ("classes", "k", "num_classes", "n_classes")


@dataclass(frozen=True)
class Classes:
    """The number of classes, and the growth of each group's base per class."""

    number: int | None
    parameter: str | None
    slopes: dict[str, int] = field(default_factory=dict)

    def rule(self, group: Group, cell: Any) -> Group:
        """Return a group whose base follows the cell of the number of classes."""
        slope = self.slopes.get(group.name)
        if not slope or self.number is None:
            return group
        fixed_part = group.base - slope * self.number
        base = cell * slope
        base = base + fixed_part if fixed_part > 0 else base - -fixed_part if fixed_part else base
        return replace(group, rule=replace(group.rule, base=base))


def classes_of(net: Net) -> Classes:
    """Find the groups that depend on the classes of ``net``.

    A spec parameter of a usual name, if it changes only widths, and these linearly; otherwise the
    width of the only output.
    """
    spec = net.spec
    for name in _NAMES:
        value = spec.params.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            slopes = _slopes(net, spec, name, int(value))
            return Classes(int(value), name, slopes or {})
    outputs = {name for id_ in net.graph.outputs for name in net.graph.by_id[id_].channels}
    if len(outputs) == 1:
        (name,) = outputs
        group = net.graph.group[name]
        if isinstance(group.rule, Fixed) and name not in net.graph.input_channels:
            return Classes(group.base, None, {name: 1})
    return Classes(None, None)


def _slopes(net: Net, spec: Spec, name: str, value: int) -> dict[str, int] | None:
    """Return each group's growth per class, or None where a class changes more than widths."""
    try:
        more = [graph_of(spec.with_params(**{name: value + step})) for step in (1, 2)]
    except ArchcalcError:
        return None
    graph = net.graph
    if any(_structure(one) != _structure(graph) for one in more):
        return None
    slopes = {}
    for group, *others in zip(graph.groups, *(one.groups for one in more), strict=True):
        first, second = (other.base - group.base for other in others)
        same = all(replace(o, rule=replace(o.rule, base=group.base)) == group for o in others)
        if second != 2 * first or not same:
            return None
        if first:
            slopes[group.name] = first
    return slopes


def _structure(graph: Graph) -> list[Node]:
    """Return the nodes without their line numbers."""
    return [replace(node, line=0) for node in graph.nodes]
