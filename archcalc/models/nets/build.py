"""`to_torch`: Net → torch module, one layer per node, named after the spec's rows."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archcalc.base.errors import MissingPackage, ShapeError
from archcalc.language.graph.graph import Node
from archcalc.language.graph.net import Net
from archcalc.language.ops import IntShape
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.pool import Pool
from archcalc.language.spec.calls import INPUT
from archcalc.models.nets.names import module_paths, numbered

if TYPE_CHECKING:
    import torch
    from torch import fx, nn

_ATTRIBUTE = "archcalc_provenance"


@dataclass(frozen=True)
class Provenance:
    """The origin of a layer of a module."""

    id: str
    """Its node: row.copy.part."""
    row: int
    row_id: str
    block: str
    """Row and copy."""
    op: str
    """Operator with its kernel: "conv 1x1"."""
    net: str
    """Title of the net: name, width and resolution."""
    net_input: IntShape
    """(channels, height, width) that the net was built for."""


def to_torch(net: Net, *, seed: int = 0) -> nn.Module:
    """Return ``net`` as a `torch.fx.GraphModule` on torch's default device, in training mode.

    It maps (N, channels, height, width) to the output: (N, channels, height, width), or
    (N, channels) where the net has reduced its maps to a vector (a linear layer or a global pool,
    and layers on single pixels after it). A net of several outputs returns a dict of them by
    ``net.graph.output_names``. Tensors of a part that runs ``count`` times per image hold
    N · count.

    Every node is one module, at the path of its id ("conv_1.1.conv"); see `provenance`.
    Convolutions are initialised by He et al.'s rule, linear layers normally with deviation 0.01,
    biases with zeros, norms with γ = 1 and β = 0. The same ``seed`` gives the same weights;
    torch's global random state is not touched. On the meta device nothing is initialised.

    Raises MissingPackage without torch.
    """
    try:
        from torch import fx, nn
    except ImportError as error:
        raise MissingPackage("a torch model", "torch", "torch") from error
    from archcalc.models.nets.repeat import Repeat

    paths = module_paths(net.graph.nodes)
    builder = _Builder(
        nn.Module(), fx.Graph(), {prefix for path in paths.values() for prefix in _prefixes(path)}
    )
    values: dict[str, fx.Node] = {INPUT: builder.graph.placeholder("x")}
    with _fresh_weights(seed) as device:
        for node in net.graph.nodes:
            module = _module(net, node)
            if device.type != "meta":
                _initialise(module)
            inputs = []
            for name in node.inputs:
                times = _runs(net, name, node)
                repeat = f"{paths[node.id]}_repeat"
                value = values[name]
                if times > 1 and not node.op.shares_input:
                    value = builder.add_step(repeat, Repeat(times), value)
                inputs.append(value)
            origin = Provenance(
                id=node.id,
                row=node.row,
                row_id=node.row_id,
                block=node.block,
                op=node.op.label,
                net=net.title,
                net_input=net.input_shape,
            )
            setattr(module, _ATTRIBUTE, origin)
            values[node.id] = builder.add(paths[node.id], module, inputs)
            values[node.id].meta["provenance"] = origin
    vectors = _vectors(net)
    outputs = [
        builder.add_step("flatten", nn.Flatten(1), values[name])
        if name in vectors
        else values[name]
        for name in net.graph.outputs
    ]
    names = net.graph.output_names
    builder.graph.output(dict(zip(names, outputs, strict=True)) if len(outputs) > 1 else outputs[0])
    name = re.sub(r"\W", "_", net.name, flags=re.ASCII)
    class_name = name if name.isidentifier() and not keyword.iskeyword(name) else f"net_{name}"
    return fx.GraphModule(builder.root, builder.graph, class_name).to(device)


def provenance(module: nn.Module) -> dict[str, Provenance]:
    """Return the origins of the layers of ``module``, by module path.

    For a module of `to_torch`, its copies and pickles, and modules made of it that keep the
    layers; empty for any other. Modules that `to_torch` adds between layers (a repetition, the
    step from a map of one pixel to a vector) are left out.
    """
    named = module.named_modules(remove_duplicate=False)
    found = ((path, getattr(layer, _ATTRIBUTE, None)) for path, layer in named)
    return {path: origin for path, origin in found if isinstance(origin, Provenance)}


@contextmanager
def _fresh_weights(seed: int) -> Iterator[torch.device]:
    """Build on the CPU with a separate random state; yield the device to move to.

    Thus a seed gives the same weights on every device.
    """
    import torch

    device = torch.get_default_device()
    if device.type == "meta":
        yield device
        return
    with torch.random.fork_rng(devices=[]), torch.device("cpu"):
        # Not torch.manual_seed, which seeds the accelerators too.
        torch.default_generator.manual_seed(seed)
        yield device


def _initialise(module: nn.Module) -> None:
    """Draw the weights of a convolution or linear layer from torch's CPU generator, in place.

    Convolutions: normal with deviation √(2 / fan-out) (He et al. 2015); linear layers: normal
    with deviation 0.01; biases 0. Any other module stays as its class has made it.
    """
    import torch
    from torch import nn

    if isinstance(module, nn.Conv2d):
        # The outputs that one input reaches: a depthwise filter reaches one channel, not all
        # (torch's own fan-out would make depthwise signals fade with the width).
        fan_out = math.prod(module.kernel_size) * module.out_channels // module.groups
        deviation = math.sqrt(2 / fan_out)
    elif isinstance(module, nn.Linear):
        deviation = 0.01
    else:
        return
    with torch.no_grad():
        module.weight.normal_(0, deviation)
        if module.bias is not None:
            module.bias.zero_()


@dataclass(frozen=True)
class _Builder:
    """The modules so far, nested by their paths, and the graph that calls them."""

    root: nn.Module
    graph: fx.Graph
    taken: set[str]

    def add(self, path: str, module: nn.Module, inputs: Sequence[fx.Node]) -> fx.Node:
        """Put ``module`` at ``path`` and call it."""
        from torch import nn

        *parents, name = path.split(".")
        parent = self.root
        for step in parents:
            if step not in parent._modules:  # a look-up that finds no inherited attribute
                parent.add_module(step, nn.Module())
            parent = parent.get_submodule(step)
        parent.add_module(name, module)
        return self.graph.call_module(path, tuple(inputs))

    def add_step(self, path: str, module: nn.Module, value: fx.Node) -> fx.Node:
        """Put a module that is not a node at ``path``, numbered if taken, and call it."""
        free = next(new for new in numbered(path) if new not in self.taken)
        self.taken.add(free)
        return self.add(free, module, [value])


def _prefixes(path: str) -> set[str]:
    """Return ``path`` and the paths of the modules above it."""
    steps = path.split(".")
    return {".".join(steps[:depth]) for depth in range(1, len(steps) + 1)}


def _module(net: Net, node: Node) -> nn.Module:
    inputs, output = net.inputs_of(node), net.shapes[node.id]
    if node.op.shares_input:
        return node.op.module_of_runs(inputs, output, _runs(net, node.inputs[0], node))
    return node.op.module(inputs, output)


def _runs(net: Net, name: str, node: Node) -> int:
    """Return how often ``node`` runs for one run of its input ``name``."""
    runs = 1 if name == INPUT else net.graph.by_id[name].count
    if node.count % runs:
        raise ShapeError(f"{node.id} runs {node.count} times an image, its input {name} {runs}")
    return node.count // runs


def _vectors(net: Net) -> set[str]:
    """Return the ids of the nodes whose maps are one pixel at every resolution."""
    vectors: set[str] = set()
    for node in net.graph.nodes:
        reduces = isinstance(node.op, Linear) or (isinstance(node.op, Pool) and node.op.whole)
        if reduces or (vectors.issuperset(node.inputs) and net.shapes[node.id][1:] == (1, 1)):
            vectors.add(node.id)
    return vectors
