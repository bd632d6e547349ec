"""The rows of a net: their layers, names and repeated groups."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from archcalc.base.names import sides_text
from archcalc.language.graph import Net, Node
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.spec.calls import INPUT
from archcalc.language.spec.problems import Problems
from archcalc.output.drawing.diagram import Frame
from archcalc.output.drawing.folding import fold, main_layer
from archcalc.output.drawing.words import layer_words

_COLUMNS = ("operator", "type", "op")
"""Where a table names the operator of a row."""


def rows_of(net: Net) -> dict[str, list[Node]]:
    """Return the layers of each row, all its copies, by the row's id."""
    rows: dict[str, list[Node]] = {}
    for node in net.graph.nodes:
        rows.setdefault(node.row_id, []).append(node)
    return rows


def row_words(net: Net, readers: dict[str, list[str]]) -> dict[str, str]:
    """Name each row: by its one layer, or by its operator with its common kernel and stride."""
    operators = _operators(net)
    return {
        row: _words(net, operators[row], [n for n in nodes if n.copy == nodes[0].copy], readers)
        for row, nodes in rows_of(net).items()
    }


def frames_of(net: Net) -> tuple[Frame, ...]:
    """Return the repeated groups: rows from one to a later one that links back to it."""
    rows = rows_of(net)
    names = list(rows)
    place = {row: index for index, row in enumerate(names)}
    back: dict[int, int] = {}
    for node in net.graph.nodes:
        for name in node.inputs:
            start = place[node.row_id]
            end = place[net.graph.by_id[name].row_id] if name != INPUT else -1
            if end > start:
                back[start] = max(back.get(start, end), end)
    found: list[tuple[int, int]] = []
    for start, end in sorted(back.items()):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    frames = []
    for start, end in found:
        inside = tuple(names[start : end + 1])
        copies = [len({node.copy for node in rows[name]}) for name in inside]
        frames.append(Frame(inside, gcd(*copies)))
    return tuple(frames)


def _operators(net: Net) -> dict[str, str]:
    """Return the operator of each row, as the paper prints it."""
    spec = net.spec
    found = {}
    for one in spec.expanded(Problems(spec.file), spec.params).instances:
        printed = (one.line.printed.get(column) for column in _COLUMNS)
        text = next((text for text in printed if text), str(one.line.op.value))
        found[one.row_id] = text.replace("_", " ")
    return found


def _words(net: Net, operator: str, nodes: Sequence[Node], readers: dict[str, list[str]]) -> str:
    chains = fold(nodes, readers)
    if len(chains) == 1:
        return layer_words(net, main_layer(chains[0]), inside=False)
    kernels = {node.op.kernel for node in nodes if isinstance(node.op, Conv)} - {(1, 1)}
    branches = any(isinstance(node.op, Concat) and len(node.inputs) > 2 for node in nodes)
    if len(kernels) == 1 and not branches:
        text = sides_text(*kernels.pop())
        operator += "" if text in operator else f" {text}"
    before, after = net.inputs_of(nodes[0])[0], net.shapes[nodes[-1].id]
    stride = round(before[1] / after[1])
    whole = after[1:] == (1, 1)
    return operator if stride <= 1 or whole else f"{operator}, stride {stride}"
