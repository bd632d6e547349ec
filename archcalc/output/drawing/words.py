"""Labels of layers as in papers' figures: "conv 3x3, stride 2" with "BN, ReLU6" below."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.language.graph import Net, Node
from archcalc.language.ops import Operator
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.add import Add
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.multiply import Multiply
from archcalc.language.ops.norm import Norm
from archcalc.language.ops.pool import Pool
from archcalc.output.drawing.diagram import NodeKind

_ACTIVATIONS = {
    "relu": "ReLU",
    "relu6": "ReLU6",
    "hard_swish": "h-swish",
    "hard_sigmoid": "h-sigmoid",
}

FULLY_CONNECTED = "FC"

_KINDS: tuple[tuple[type[Operator], NodeKind], ...] = (
    (Conv, "conv"),
    (Linear, "linear"),
    (Pool, "pool"),
    (Add, "add"),
    (Multiply, "multiply"),
    (Concat, "concat"),
)


def kind_of(node: Node) -> NodeKind:
    """Return how a layer is drawn, by its operator."""
    if isinstance(node.op, Conv) and node.op.depthwise:
        return "depthwise"
    known = (kind for operator, kind in _KINDS if isinstance(node.op, operator))
    return next(known, "function" if node.op.channel_rule == "keep" else "other")


def is_pointwise(node: Node) -> bool:
    """Return whether a layer works on single values, so that it is named beside another."""
    return isinstance(node.op, (Norm, Activation))


def takes_up(node: Node) -> bool:
    """Return whether a norm or an activation after this layer is drawn with it."""
    return kind_of(node) not in ("add", "multiply", "concat")


def function_words(nodes: Sequence[Node]) -> str:
    """Name norms and activations in their order: "BN, ReLU6"."""
    return ", ".join(_function(node) for node in nodes)


def _function(node: Node) -> str:
    if isinstance(node.op, Activation):
        return _ACTIVATIONS.get(node.op.kind, node.op.kind)
    return "BN" if isinstance(node.op, Norm) else node.op.label


def layer_words(net: Net, node: Node, *, inside: bool = True) -> str:
    """Name a layer with its kernel and stride: "conv 3x3, stride 2".

    ``inside`` a block a 1x1 convolution of a 1x1 map is called fully connected.
    """
    if is_pointwise(node):
        return _function(node)
    op = node.op
    parts = [op.label.replace("_", " ")]
    if isinstance(op, Conv):
        _, height, width = net.inputs_of(node)[0]
        if inside and (height, width, *op.kernel) == (1, 1, 1, 1) and op.groups == 1:
            parts = [FULLY_CONNECTED]
        if op.groups > 1 and not op.depthwise:
            parts.append(f"{op.groups} groups")
        if op.dilation > 1:
            parts.append(f"dilation {op.dilation}")
    if isinstance(op, Linear):
        parts = [FULLY_CONNECTED]
    stride = op.stride_of() or 1
    if stride > 1:
        parts.append(f"stride {stride}")
    return ", ".join(parts)
