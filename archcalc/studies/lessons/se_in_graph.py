"""Finds squeeze-and-excite blocks in a graph by their structure, whatever their names."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.graph import Net, Node
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.multiply import Multiply
from archcalc.language.ops.pool import AvgPool
from archcalc.language.spec.calls import INPUT


@dataclass(frozen=True)
class SEBlock:
    """The ids of a block's six layers, in execution order."""

    name: str
    pool: str
    reduce: str
    delta: str
    expand: str
    sigma: str
    scale: str

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """(step, node id) of every layer; step: squeeze, excite or scale."""
        return (
            ("squeeze", self.pool),
            ("excite: W₁", self.reduce),
            ("excite: δ", self.delta),
            ("excite: W₂", self.expand),
            ("excite: σ", self.sigma),
            ("scale", self.scale),
        )


def se_blocks(net: Net) -> tuple[SEBlock, ...]:
    """Return every squeeze-and-excite block of ``net``, in execution order."""
    found = (_block(net, node) for node in net.graph.nodes)
    return tuple(block for block in found if block is not None)


def named_block(net: Net, name: str | None) -> tuple[SEBlock, tuple[str, ...]]:
    """Return the block of ``net`` with this name (None: the first), and the names of all.

    Raises ArchcalcError for a net without one, and UnknownName.
    """
    blocks = {block.name: block for block in se_blocks(net)}
    if not blocks:
        raise ArchcalcError(f"{net.title} has no squeeze-and-excite block")
    chosen = next(iter(blocks)) if name is None else name
    if chosen not in blocks:
        raise UnknownName("squeeze-and-excite block", chosen, blocks)
    return blocks[chosen], tuple(blocks)


def _block(net: Net, node: Node) -> SEBlock | None:
    """Return the block that ``node`` ends: u · σ(W₂ δ(W₁ mean(u)))."""
    if not isinstance(node.op, Multiply):
        return None
    for source, gate in (node.inputs, node.inputs[::-1]):
        chain = _chain(net, gate)
        if chain is None:
            continue
        pool, reduce, delta, expand, sigma = chain
        if pool.inputs == (source,):
            name = node.id.rpartition(".")[0] or node.id
            ids = [one.id for one in (pool, reduce, delta, expand, sigma, node)]
            return SEBlock(name, *ids)
    return None


def _chain(net: Net, gate: str) -> list[Node] | None:
    """Return pool, layer, activation, layer, activation that end in ``gate``, or None."""
    chain: list[Node] = []
    for fits in (_acts, _connects, _acts, _connects, _pools):
        if gate == INPUT:
            return None
        node = net.graph.by_id[gate]
        if not fits(node):
            return None
        chain.insert(0, node)
        gate = node.inputs[0]
    return chain


def _acts(node: Node) -> bool:
    return isinstance(node.op, Activation)


def _pools(node: Node) -> bool:
    return isinstance(node.op, AvgPool) and node.op.whole


def _connects(node: Node) -> bool:
    """Return whether a layer connects all channels, as W₁ and W₂ do."""
    op = node.op
    dense = isinstance(op, Conv) and op.kernel == (1, 1) and op.groups == 1 and not op.depthwise
    return dense or isinstance(op, Linear)
