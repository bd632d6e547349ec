"""Layers below the block that they belong to: shorter names, and what belongs together seen so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from archcalc.language.graph import Net

Entry = tuple[str, ...]
"""The ids of the layers that one line is about."""


def below_blocks(net: Net, entries: Sequence[Entry]) -> Iterator[tuple[str | None, str]]:
    """Yield (block to name before the line or None, label of the line) for each entry.

    A block of one line needs no line of its own: that line has the full id.
    """
    blocks = [_block(net, ids) for ids in entries]
    for block, run in groupby(zip(blocks, entries, strict=True), lambda pair: pair[0]):
        lines = [ids for _, ids in run]
        if block is None or len(lines) == 1:
            yield from ((None, " + ".join(_relative(ids, ""))) for ids in lines)
            continue
        for index, ids in enumerate(lines):
            label = " + ".join(_relative(ids, f"{block}."))
            yield (block if index == 0 else None), f"  {label}"


def _block(net: Net, ids: Entry) -> str | None:
    """Return the block of layers that all belong to one."""
    nodes = [net.graph.by_id.get(name.partition("#")[0]) for name in ids]
    blocks = {node.block if node else None for node in nodes}
    return blocks.pop() if len(blocks) == 1 else None


def _relative(ids: Entry, prefix: str) -> list[str]:
    """Shorten the first id by ``prefix``, the others by what they share with the first."""
    parent = ids[0].rpartition(".")[0] + "."
    return [ids[0].removeprefix(prefix), *(name.removeprefix(parent) for name in ids[1:])]
