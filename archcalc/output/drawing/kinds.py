"""Groups the blocks of a net by structure: one picture per kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archcalc.language.graph import Net, Node
from archcalc.output.drawing.folding import consumers_of
from archcalc.output.drawing.words import is_pointwise, kind_of

Shape = tuple[tuple[str, str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class BlockKind:
    """Blocks of several layers with the same operators wired alike.

    Kernels, strides, channels, norms and activations may differ. ``block``: the first, as for
    `draw`; ``blocks``: all, in execution order.
    """

    block: str
    blocks: tuple[str, ...]


def block_kinds(net: Net) -> tuple[BlockKind, ...]:
    """Return the kinds of the blocks of ``net`` that have several layers, by first appearance.

    A depthwise convolution and the 1x1 convolution that alone reads it are a block, even where
    the table has a row for each.
    """
    found: dict[Shape, list[str]] = {}
    for name, nodes in _blocks(net):
        shape = _shape(nodes)
        if len(shape) > 1:
            found.setdefault(shape, []).append(name)
    return tuple(BlockKind(names[0], tuple(names)) for names in found.values())


def _blocks(net: Net) -> Iterator[tuple[str, list[Node]]]:
    """Yield every block with its layers, separable pairs of rows as one."""
    blocks: dict[str, list[Node]] = {}
    for node in net.graph.nodes:
        blocks.setdefault(node.block, []).append(node)
    readers = consumers_of(net.graph)
    second: set[str] = set()
    pairs = {
        first: after
        for first, after in pairwise(blocks)
        if _is_separable(blocks[first], blocks[after], readers)
    }
    for name, nodes in blocks.items():
        if name in second:
            continue
        if name in pairs:
            second.add(pairs[name])
            yield f"{name},{pairs[name]}", nodes + blocks[pairs[name]]
        else:
            yield name, nodes


def _is_separable(
    first: Sequence[Node], after: Sequence[Node], readers: dict[str, list[str]]
) -> bool:
    """Return whether two blocks are a depthwise convolution and the pointwise one that reads it."""
    one, other = ([node for node in block if not is_pointwise(node)] for block in (first, after))
    return (
        [kind_of(node) for node in (*one, *other)] == ["depthwise", "conv"]
        and other[0].op.kernel_size(()) == (1, 1)
        and readers[first[-1].id] == [after[0].id]
        and after[0].inputs == (first[-1].id,)
    )


def _shape(nodes: Sequence[Node]) -> Shape:
    """Return the operators of a block with their inputs, without norms and activations."""
    place: dict[str, int] = {}
    found: list[tuple[str, str, tuple[int, ...]]] = []
    for node in nodes:
        read = tuple(sorted(place.get(name, -1) for name in node.inputs))
        if is_pointwise(node):
            place[node.id] = read[0]
            continue
        place[node.id] = len(found)
        found.append((kind_of(node), node.op.name, read))
    return tuple(found)
