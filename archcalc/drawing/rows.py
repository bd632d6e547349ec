"""The picture of a net: its rows as the paper's table has them, copies folded into one box."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import gcd

from archcalc.cost import count
from archcalc.drawing.diagram import Box, Diagram, Frame, Link, with_bypasses
from archcalc.drawing.folding import consumers_of, fold, main_layer
from archcalc.drawing.layers import OUTPUT, cost_words
from archcalc.drawing.words import kind_of, layer_words
from archcalc.graph import Net, Node
from archcalc.graph.graph import INPUT
from archcalc.ops import IntShape
from archcalc.ops.conv import Conv
from archcalc.spec.problems import Problems
from archcalc.units import format_count


def row_diagram(net: Net) -> Diagram:
    """Return the picture of all rows of ``net``."""
    graph, table = net.graph, count(net)
    rows: dict[str, list[Node]] = {}
    for node in graph.nodes:
        rows.setdefault(node.row_id, []).append(node)
    place = {row: index for index, row in enumerate(rows)}
    shapes: dict[tuple[str, str], dict[IntShape, None]] = {}
    back: dict[int, int] = {}
    for node in graph.nodes:
        for name in node.inputs:
            source = graph.by_id[name].row_id if name != INPUT else INPUT
            ahead = place[node.row_id] - place.get(source, -1)
            if ahead > 0:
                shapes.setdefault((source, node.row_id), {})[net.shapes[name]] = None
            elif ahead < 0:  # the next run of a repeated group: its frame says so
                start, end = place[node.row_id], place[source]
                back[start] = max(back.get(start, end), end)
    outputs = {}
    for name, words in zip(graph.outputs, graph.output_names, strict=True):
        label = OUTPUT if len(graph.outputs) == 1 else f"{OUTPUT} {words}"
        outputs[f"{OUTPUT} {words}"] = label
        source = graph.by_id[name].row_id if name in graph.by_id else INPUT
        shapes.setdefault((source, f"{OUTPUT} {words}"), {})[net.shapes[name]] = None
    frames = _frames(list(rows), rows, back)
    within = {row: frame.times for frame in frames for row in frame.boxes}
    operators = _operators(net)
    readers = consumers_of(graph)
    costs = {layer.node.id: layer for layer in table.layers}
    boxes = [Box(INPUT, "input", INPUT, entering=net.input_shape[0])]
    for row, nodes in rows.items():
        madds = sum(costs[node.id].madds for node in nodes)
        params = sum(costs[node.id].params for node in nodes)
        first = [node for node in nodes if node.copy == nodes[0].copy]
        copies = len({node.copy for node in nodes})
        runs = max(node.count for node in nodes)
        boxes.append(
            Box(
                id=row,
                kind=kind_of(first[0]) if len(nodes) == 1 and len(first[0].inputs) > 1 else "row",
                label=_words(net, operators[row], first, readers),
                layers=tuple(node.id for node in nodes),
                after=f"{row}, {runs} runs" if runs > 1 else row,
                entering=net.inputs_of(nodes[0])[0][0],
                times=copies // within.get(row, 1),
                stage=nodes[0].stage,
                madds=madds,
                share=100 * madds / table.madds if table.madds else None,
                about=f"{row}: {cost_words(table, madds, params)}",
            )
        )
    boxes += [Box(name, "output", label) for name, label in outputs.items()]
    links = [Link(source, target, tuple(found)) for (source, target), found in shapes.items()]
    return Diagram(
        title=net.title,
        about=f"{format_count(table.madds)} MAdds, {format_count(table.params)} parameters"
        + ("; bars: share of MAdds" if table.madds else ""),
        boxes=tuple(boxes),
        links=with_bypasses(boxes, links),
        frames=frames,
    )


_COLUMNS = ("operator", "type", "op")
"""Where a table names the operator of a row."""


def _frames(
    names: Sequence[str], rows: dict[str, list[Node]], back: dict[int, int]
) -> tuple[Frame, ...]:
    """Return the repeated groups: rows between a row and a later one that leads back to it."""
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
        frames.append(Frame(inside, reduce(gcd, copies)))
    return tuple(frame for frame in frames if frame.times > 1)


def _operators(net: Net) -> dict[str, str]:
    """Return the operator of each row, as the paper prints it."""
    spec = net.spec
    found = {}
    for one in spec.expanded(Problems(spec.file), spec.params).instances:
        printed = (one.line.printed.get(column) for column in _COLUMNS)
        found[one.row_id] = str(next((text for text in printed if text), one.line.op.value))
    return found


def _words(net: Net, operator: str, nodes: Sequence[Node], readers: dict[str, list[str]]) -> str:
    """Name a row: by its one layer, or by its operator with the kernel and stride it shares."""
    chains = fold(nodes, readers)
    if len(chains) == 1:
        return layer_words(net, main_layer(chains[0]), inside=False)
    kernels = {node.op.kernel for node in nodes if isinstance(node.op, Conv)} - {(1, 1)}
    if len(kernels) == 1:
        text = "x".join(map(str, kernels.pop()))
        operator += "" if text in operator else f" {text}"
    before, after = net.inputs_of(nodes[0])[0], net.shapes[nodes[-1].id]
    stride = round(before[1] / after[1])
    whole = after[1:] == (1, 1)
    return operator if stride <= 1 or whole else f"{operator}, stride {stride}"
