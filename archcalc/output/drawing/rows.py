"""The picture of a net: the rows of the paper's table, copies folded into one box."""

from __future__ import annotations

from archcalc.base.units import format_count, percent
from archcalc.cost.counting.table import count
from archcalc.language.graph import Net
from archcalc.language.ops import IntShape
from archcalc.language.spec.calls import INPUT
from archcalc.output.drawing.diagram import Box, Diagram, Link, with_bypasses
from archcalc.output.drawing.folding import consumers_of
from archcalc.output.drawing.layers import OUTPUT, cost_words
from archcalc.output.drawing.table import frames_of, row_words, rows_of
from archcalc.output.drawing.words import kind_of


def row_diagram(net: Net) -> Diagram:
    """Return the picture of all rows of ``net``."""
    graph, table = net.graph, count(net)
    rows = rows_of(net)
    place = {row: index for index, row in enumerate(rows)}
    shapes: dict[tuple[str, str], dict[IntShape, None]] = {}
    for node in graph.nodes:
        for name in node.inputs:
            source = graph.by_id[name].row_id if name != INPUT else INPUT
            # a backward link is to the next run of a repeated group, shown by its frame
            if place[node.row_id] > place.get(source, -1):
                shapes.setdefault((source, node.row_id), {})[net.shapes[name]] = None
    outputs = {}
    for name, title in zip(graph.outputs, graph.output_names, strict=True):
        output = f"{OUTPUT} {title}"
        outputs[output] = OUTPUT if len(graph.outputs) == 1 else output
        source = graph.by_id[name].row_id if name in graph.by_id else INPUT
        shapes.setdefault((source, output), {})[net.shapes[name]] = None
    frames = frames_of(net)
    within = {row: frame.times for frame in frames for row in frame.boxes}
    words = row_words(net, consumers_of(graph))
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
                label=words[row],
                layers=tuple(node.id for node in nodes),
                after=f"{row}, {runs} runs" if runs > 1 else row,
                entering=net.inputs_of(nodes[0])[0][0],
                times=copies // within.get(row, 1),
                stage=nodes[0].stage,
                madds=madds,
                share=percent(madds, table.madds),
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
