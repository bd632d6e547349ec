"""The picture of a block: its layers, each with its norms and activations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.errors import UnknownName
from archcalc.base.units import format_count, format_exact, format_percent, percent
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable, count
from archcalc.language.graph import Net, Node
from archcalc.language.ops.norm import Norm
from archcalc.language.spec.calls import INPUT
from archcalc.output.drawing.diagram import Box, Diagram, Link, with_bypasses
from archcalc.output.drawing.folding import consumers_of, fold, main_layer
from archcalc.output.drawing.words import (
    FULLY_CONNECTED,
    function_words,
    is_pointwise,
    kind_of,
    layer_words,
)

OUTPUT = "output"
Chain = Sequence[Node]


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


def layer_diagram(net: Net, block: str) -> Diagram:
    """Return the picture of the blocks that ``block`` names; raises UnknownName."""
    blocks = chosen_blocks(net, block)
    nodes = [node for node in net.graph.nodes if node.block in blocks]
    readers = consumers_of(net.graph)
    table = count(net)
    chains = fold(nodes, readers)
    box_of = {node.id: chain[0].id for chain in chains for node in chain}
    costs = {layer.node.id: layer for layer in table.layers}
    inside = [_box(net, table, costs, chain) for chain in chains]
    links: dict[tuple[str, str], Link] = {}

    def link(source: str, target: str, node: str) -> None:
        links[source, target] = Link(source, target, (net.shapes[node],))

    entering: dict[str, Box] = {}
    leaving: dict[str, Box] = {}
    for node in nodes:
        for name in node.inputs:
            if name not in box_of:
                entering[name] = _input(net, name)
            source = box_of.get(name, name)
            if source != box_of[node.id]:
                link(source, box_of[node.id], name)
        if any(reader not in box_of for reader in readers[node.id]):
            leaving[node.id] = Box(f"{OUTPUT} {node.id}", "output", _output_name(net, node.id))
    if len(leaving) == 1:
        leaving = {name: Box(box.id, "output", OUTPUT) for name, box in leaving.items()}
    for name, box in leaving.items():
        link(box_of[name], box.id, name)
    boxes = [*entering.values(), *inside, *leaving.values()]
    madds = sum(box.madds for box in inside)
    params = sum(costs[name].params for name in box_of)
    return Diagram(
        title=f"{net.title} · {', '.join(blocks)}",
        about=f"{format_count(madds)} MAdds, {format_count(params)} parameters"
        "; drawn as wide as they have channels",
        boxes=tuple(boxes),
        links=with_bypasses(boxes, list(links.values())),
        scaled=True,
    )


def chain_words(net: Net, chain: Sequence[Node]) -> tuple[str, str, str]:
    """Return the texts of a chain: before its main layer, that layer, after it."""
    node = main_layer(chain)
    if is_pointwise(node):
        return "", function_words(chain), ""
    at = chain.index(node)
    before, after = chain[:at], chain[at + 1 :]
    words = function_words(after)
    linear = not before and kind_of(node) in ("conv", "depthwise")
    if linear and after and all(isinstance(one.op, Norm) for one in after):
        words += ", linear"
    return function_words(before), layer_words(net, node), words


def _box(net: Net, table: CostTable, costs: Mapping[str, LayerCost], chain: Chain) -> Box:
    node = main_layer(chain)
    before, label, after = chain_words(net, chain)
    madds = sum(costs[one.id].madds for one in chain)
    params = sum(costs[one.id].params for one in chain)
    return Box(
        id=chain[0].id,
        kind="linear" if label == FULLY_CONNECTED else kind_of(node),
        label=label,
        layers=tuple(one.id for one in chain),
        before=before,
        after=after,
        entering=net.inputs_of(chain[0])[0][0],
        stage=node.stage,
        madds=madds,
        share=percent(madds, table.madds),
        about=f"{', '.join(one.id for one in chain)}: {cost_words(table, madds, params)}",
    )


def cost_words(table: CostTable, madds: int, params: int) -> str:
    """Write what layers cost: "10,838,016 MAdds (3.60%), 928 parameters"."""
    share = f" ({format_percent(percent(madds, table.madds))})" if table.madds else ""
    return f"{format_exact(madds)} MAdds{share}, {format_exact(params)} parameters"


def _input(net: Net, name: str) -> Box:
    node = net.graph.by_id.get(name)
    label = INPUT if node is None else f"from {node.block}"
    return Box(name, "input", label, entering=net.shapes[name][0])


def _output_name(net: Net, name: str) -> str:
    """Name one of several outputs."""
    graph = net.graph
    if name in graph.outputs:
        return f"{OUTPUT} {graph.output_names[graph.outputs.index(name)]}"
    return f"to {next(node.block for node in graph.nodes if name in node.inputs)}"
