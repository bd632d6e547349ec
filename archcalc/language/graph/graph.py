"""The frozen structure of a net: nodes that name channel groups, never widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from archcalc.language.graph.groups import Group, total
from archcalc.language.ops import Operator, Shape
from archcalc.language.spec.calls import INPUT
from archcalc.language.spec.rounding import Rounding


@dataclass(frozen=True)
class Node:
    """One layer: a primitive operator, its inputs and the channel groups of its output.

    ``id``: row.copy.part. ``count``: runs for one image (proposals).
    """

    id: str
    op: Operator
    inputs: tuple[str, ...]
    channels: tuple[str, ...]
    row: int
    row_id: str
    copy: int
    stage: int
    count: int = 1
    line: int = 0

    @property
    def block(self) -> str:
        """Id of the composite that the node belongs to: row.copy."""
        return f"{self.row_id}.{self.copy}"


@dataclass(frozen=True)
class Variant:
    """Widths of channel groups and the input's height and width in pixels.

    Ints for one net, integer arrays for a grid of nets, formulas for a workbook.
    """

    widths: Mapping[str, Any]
    height: Any
    width: Any


@dataclass(frozen=True)
class Graph:
    """A net without widths and sizes; nodes in execution order."""

    name: str
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    input_channels: tuple[str, ...]
    reference: tuple[int, int, int]
    """(channels, height, width) of the paper's input."""
    outputs: tuple[str, ...]
    """Ids of the nodes whose values the net returns."""
    output_names: tuple[str, ...]
    """Row ids that name several outputs."""
    rounding: Rounding | None = None
    errata: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The paper's errata, by row id."""

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Every node by its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def group(self) -> dict[str, Group]:
        """Every channel group by its name."""
        return {group.name: group for group in self.groups}

    @cached_property
    def prunable(self) -> tuple[Group, ...]:
        """The independent widths: all groups but the input's and the outputs'."""
        return tuple(group for group in self.groups if group.prunable)

    def channels_of(self, name: str) -> tuple[str, ...]:
        """Return the channel groups of a node's output, or of the input's."""
        return self.input_channels if name == INPUT else self.by_id[name].channels

    @cached_property
    def buffers(self) -> Mapping[str, str]:
        """The value whose buffer each value uses: itself, where it is materialised.

        Norms and activations work in place, unless another layer still reads their input or it
        is the net's input.
        """
        uses: dict[str, int] = dict.fromkeys(self.outputs, 1)
        for node in self.nodes:
            for name in node.inputs:
                uses[name] = uses.get(name, 0) + 1
        lies_in = {INPUT: INPUT}
        for node in self.nodes:
            (source, *others) = node.inputs
            in_place = node.op.in_place and not others and uses[source] == 1 and source != INPUT
            lies_in[node.id] = lies_in[source] if in_place else node.id
        return lies_in

    @cached_property
    def freed(self) -> Mapping[str, Sequence[str]]:
        """For each node, by id, the values that can be freed after it has run."""
        last_use: dict[str, int] = {}
        for index, node in enumerate(self.nodes):
            for name in (node.id, *node.inputs):
                last_use[self.buffers[name]] = index
        for name in self.outputs:
            last_use[self.buffers[name]] = len(self.nodes)
        dying: dict[str, list[str]] = {}
        for buffer, index in last_use.items():
            if index < len(self.nodes):
                dying.setdefault(self.nodes[index].id, []).append(buffer)
        return dying

    def shapes(self, variant: Variant) -> dict[str, Shape]:
        """Return (channels, height, width) of the input and of every node's output, by id."""
        shapes: dict[str, Shape] = {
            INPUT: (total(self.input_channels, variant.widths), variant.height, variant.width)
        }
        for node in self.nodes:
            inputs = [shapes[name] for name in node.inputs]
            shapes[node.id] = node.op.shape(inputs, total(node.channels, variant.widths))
        return shapes
