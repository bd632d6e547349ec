"""A plain simulation of the tensors that are alive while a net runs, layer by layer."""

from __future__ import annotations

from math import prod

from archcalc import Net

IN_PLACE = ("norm", "activation")


def simulate(net: Net) -> tuple[list[int], int]:
    """Return the elements alive before and during each layer, and the sum of those made.

    One tensor after another is made, and freed when nothing reads it any more.
    """
    nodes, shapes = net.graph.nodes, net.shapes
    readers: dict[str, list[int]] = {name: [] for name in shapes}
    for step, node in enumerate(nodes):
        for name in node.inputs:
            readers[name].append(step)
    for name in net.graph.outputs:
        readers[name].append(len(nodes))  # the caller reads it after everything
    values, sizes = {"input": ["input"]}, {"input": prod(shapes["input"])}
    home = {"input": "input"}
    alive, made = [sizes["input"]], 0
    for step, node in enumerate(nodes):
        first = node.inputs[0]
        if (
            node.op.name in IN_PLACE
            and first != "input"
            and len(readers[first]) == 1
            and len(node.inputs) == 1
        ):
            home[node.id] = home[first]
            values[home[first]].append(node.id)
        else:
            home[node.id] = node.id
            values[node.id], sizes[node.id] = [node.id], prod(shapes[node.id]) * node.count
            made += sizes[node.id]
        alive.append(sum(sizes.values()))
        for name in list(values):
            if all(not [t for t in readers[v] if t > step] for v in values[name]):
                del values[name], sizes[name]
    return alive, made
