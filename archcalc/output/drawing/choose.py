"""Which layers ``--block`` means."""

from __future__ import annotations

from archcalc.base.errors import UnknownName
from archcalc.language.graph import Net, Node


def chosen_blocks(net: Net, block: str) -> tuple[str, ...]:
    """Return the ids (row.copy) of the blocks that a text such as "dwconv_2,conv_3" names.

    A row's id means its first copy. Raises UnknownName, which lists near names.
    """
    blocks = {node.block for node in net.graph.nodes}
    rows: dict[str, str] = {}
    for node in net.graph.nodes:
        rows.setdefault(node.row_id, node.block)
    found: dict[str, None] = {}
    for name in block.split(","):
        known = name if name in blocks else rows.get(name)
        if known is None:
            raise UnknownName("block", name, [*blocks, *rows])
        found[known] = None
    return tuple(found)


def nodes_of(net: Net, blocks: tuple[str, ...]) -> tuple[Node, ...]:
    """Return the layers of some blocks, in the net's order."""
    wanted = set(blocks)
    return tuple(node for node in net.graph.nodes if node.block in wanted)
