"""A net as a tree of text: rows, blocks, layers; equal copies on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import ClassVar

from archcalc.base.units import format_count, format_percent, percent
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph import Net, Node
from archcalc.language.ops import IntShape
from archcalc.language.spec.calls import INPUT
from archcalc.output.drawing.diagram import size_words
from archcalc.output.drawing.folding import consumers_of, fold, main_layer, part_name
from archcalc.output.drawing.layers import chain_words, chosen_blocks
from archcalc.output.drawing.table import frames_of, row_words, rows_of


@dataclass(frozen=True)
class TreeLine:
    """One line: branches, name, operator, output size and share of the MAdds.

    ``layers``: ids of all nodes of the line, including its children's.
    """

    branch: str
    name: str
    what: str
    size: str
    share: str
    layers: tuple[str, ...]


@dataclass
class _Item:
    name: str
    what: str
    shape: IntShape
    nodes: tuple[Node, ...]
    children: list[_Item] = field(default_factory=list)

    @property
    def sign(self) -> object:
        """The signature that equal copies share."""
        return self.what, self.shape, tuple((one.name, one.sign) for one in self.children)


class Tree:
    """The lines of a net, or of the blocks that ``block`` names; raises UnknownName."""

    kind: ClassVar[str] = "tree"
    """The file of `archcalc.output.present` that lays it out for readers."""

    def __init__(self, net: Net, block: str | None = None) -> None:
        self.net = net
        self.table: CostTable = count(net)
        self._readers = consumers_of(net.graph)
        self._madds = {layer.node.id: layer.madds for layer in self.table.layers}
        blocks: dict[str, list[Node]] = {}
        for node in net.graph.nodes:
            blocks.setdefault(node.block, []).append(node)
        if block is None:
            self.title = net.title
            self._items = self._rows(blocks)
        else:
            names = chosen_blocks(net, block)
            self.title = f"{net.title} · {', '.join(names)}"
            chosen = [self._block(name, blocks[name]) for name in names]
            self._items = chosen if len(chosen) > 1 else chosen[0].children or chosen
        nodes = {node.id for item in self._items for node in item.nodes}
        madds = sum(self._madds[name] for name in nodes)
        params = sum(one.params for one in self.table.layers if one.node.id in nodes)
        self.summary = f"{format_count(madds)} MAdds, {format_count(params)} parameters"

    def lines(self) -> list[TreeLine]:
        """Return the lines from top to bottom."""
        return list(self._lines(self._items, ""))

    def __str__(self) -> str:
        lines = self.lines()
        cells = [(one.branch + one.name, one.what, one.size, one.share) for one in lines]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        text = [
            f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}".rstrip()
            for a, b, c, d in cells
        ]
        return "\n".join([f"{self.title} · {self.summary}", *text])

    def _lines(self, items: Sequence[_Item], stem: str) -> Iterator[TreeLine]:
        for index, item in enumerate(items):
            last = index == len(items) - 1
            madds = sum(self._madds[node.id] for node in item.nodes)
            yield TreeLine(
                stem + ("└─ " if last else "├─ "),
                item.name,
                item.what,
                size_words([item.shape]),
                format_percent(percent(madds, self.table.madds)) if madds else "",
                tuple(node.id for node in item.nodes),
            )
            yield from self._lines(item.children, stem + ("   " if last else "│  "))

    def _rows(self, blocks: dict[str, list[Node]]) -> list[_Item]:
        items: list[_Item] = []
        words, rows = row_words(self.net, self._readers), rows_of(self.net)
        frame_of = {row: frame for frame in frames_of(self.net) for row in frame.boxes}
        for above, (row, nodes) in zip([INPUT, *rows], rows.items(), strict=False):
            copies = list(dict.fromkeys(node.block for node in nodes))
            inner = _gathered([self._block(name, blocks[name]) for name in copies])
            if len(inner) == 1:
                # one block, or equal ones only: no line of its own
                inner = inner[0].children
            frame = frame_of.get(row)
            times = len(copies) // (frame.times if frame else 1)
            name = f"{row} ×{times}" if times > 1 else row
            what = words[row] + self._wiring(row, nodes, above)
            item = _Item(name, what, self.net.shapes[nodes[-1].id], tuple(nodes), inner)
            if frame is None:
                items.append(item)
                continue
            if row == frame.boxes[0]:
                items.append(_Item(f"×{frame.times}", "one after another", item.shape, ()))
            group = items[-1]
            group.children.append(item)
            group.nodes, group.shape = (*group.nodes, *nodes), item.shape
        return items

    def _wiring(self, row: str, nodes: Sequence[Node], above: str) -> str:
        """Name the inputs of a row other than the row above."""
        by_id = self.net.graph.by_id
        found = {
            by_id[name].row_id if name in by_id else INPUT
            for node in nodes
            if node.copy == nodes[0].copy
            for name in node.inputs
        } - {row}
        order = [INPUT, *dict.fromkeys(node.row_id for node in self.net.graph.nodes)]
        named = sorted(found, key=order.index)
        return "" if named == [above] else f" ← {', '.join(named)}"

    def _block(self, block: str, nodes: Sequence[Node]) -> _Item:
        """Return a block with its layers; a block of one layer is one line."""
        chains = fold(nodes, self._readers)
        names = {node.id: part_name(chain) for chain in chains for node in chain}
        outside = dict.fromkeys(name for node in nodes for name in node.inputs if name not in names)
        names |= {name: self._outside(name, len(outside)) for name in outside}

        def sources(read: Sequence[str], chain: Sequence[Node]) -> str:
            near = part_name(chain).rpartition(".")[0] + "."
            return ", ".join(names[name].removeprefix(near) for name in read)

        items: list[_Item] = []
        above = next(iter(outside))
        for chain in chains:
            own = {node.id for node in chain}
            read = list(dict.fromkeys(n for node in chain for n in node.inputs if n not in own))
            before, label, after = chain_words(self.net, chain)
            what = ", ".join(text for text in (before, label, after) if text)
            if read != [above]:
                what += f" ← {sources(read, chain)}"
            name = part_name(chain) or main_layer(chain).op.name
            items.append(_Item(name, what, self.net.shapes[chain[-1].id], chain))
            above = chain[-1].id
        if len(items) == 1:
            return replace(items[0], name=block)
        return _Item(block, "", self.net.shapes[nodes[-1].id], tuple(nodes), items)

    def _outside(self, name: str, many: int) -> str:
        """Name the input of a block, or one of several by its source."""
        node = self.net.graph.by_id.get(name)
        return INPUT if many == 1 or node is None else node.block


def _gathered(items: Sequence[_Item]) -> list[_Item]:
    """Put equal copies one after another on one line: "bottleneck_4.2 to .3"."""
    found = []
    for _, run in groupby(items, key=lambda item: item.sign):
        copies = list(run)
        merged = _merged(copies)
        if len(copies) > 1:
            merged.name = f"{copies[0].name} to .{copies[-1].name.rpartition('.')[2]}"
        found.append(merged)
    return found


def _merged(copies: Sequence[_Item]) -> _Item:
    """Return the first of equal items, with the layers of all."""
    nodes = tuple(node for item in copies for node in item.nodes)
    below = zip(*(item.children for item in copies), strict=True)
    return replace(copies[0], nodes=nodes, children=[_merged(items) for items in below])
