"""Small nets made without a spec, so that a test of torch modules depends on nothing above them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, cast

from archcalc.base.errors import ShapeError
from archcalc.language.graph.build import build
from archcalc.language.graph.graph import Graph, Node, Variant
from archcalc.language.graph.groups import Fixed, Group
from archcalc.language.graph.net import Net
from archcalc.language.loading import load
from archcalc.language.ops import Operator
from archcalc.language.ops.activation import Activation, Softmax
from archcalc.language.ops.add import Add
from archcalc.language.ops.channel_shuffle import ChannelShuffle
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.multiply import Multiply
from archcalc.language.ops.norm import Norm
from archcalc.language.ops.pool import AvgPool, MaxPool
from archcalc.language.spec.calls import INPUT


def layer(
    name: str,
    op: Operator,
    inputs: str | Sequence[str],
    channels: int,
    *,
    count: int = 1,
    row: str = "",
) -> tuple[Node, int]:
    """Return the node ``name`` = row.copy.part and its channels; ``row``: where it has dots."""
    row = row or name.split(".", maxsplit=1)[0]
    copy = int(name.removeprefix(f"{row}.").split(".")[0])
    names = (inputs,) if isinstance(inputs, str) else tuple(inputs)
    return Node(name, op, names, (name,), 0, row, copy, 0, count=count), channels


def net_of(
    *layers: tuple[Node, int],
    input_shape: tuple[int, int, int] = (3, 17, 19),
    outputs: Sequence[str] = (),
    name: str = "by_hand",
) -> Net:
    """Return a net of ``layers``; its outputs are the last layer unless ``outputs`` names some."""
    channels, height, width = input_shape
    widths = {INPUT: channels} | {node.id: made for node, made in layers}
    outputs = tuple(outputs) or (layers[-1][0].id,)
    nodes = tuple(node for node, _ in layers)
    graph = Graph(
        name=name,
        nodes=nodes,
        groups=tuple(Group(group, Fixed(base), False, 0, ()) for group, base in widths.items()),
        input_channels=(INPUT,),
        reference=input_shape,
        outputs=outputs,
        output_names=tuple(node.row_id for name in outputs for node in nodes if node.id == name),
    )
    spec = SimpleNamespace(sets=())  # what a net's title reads
    return Net(cast("Any", spec), graph, Variant(widths, height, width))


def mixed(input_shape: tuple[int, int, int] = (3, 17, 19)) -> Net:
    """Return a net in which every kind of layer occurs, on odd sizes."""
    conv3 = Conv(kernel=(3, 3), bias=False)
    return net_of(
        layer("stem.1.conv", Conv(kernel=(3, 3), stride=2, bias=False), INPUT, 8),
        layer("stem.1.norm", Norm(), "stem.1.conv", 8),
        layer("stem.1.act", Activation(kind="hard_swish"), "stem.1.norm", 8),
        layer("even.1.conv", Conv(kernel=(4, 2), bias=True), "stem.1.act", 8),
        layer("even.1.act", Activation(kind="relu6"), "even.1.conv", 8),
        layer(
            "sep.1.depthwise.conv", conv3.model_copy(update={"depthwise": True}), "even.1.act", 8
        ),
        layer("sep.1.depthwise.norm", Norm(), "sep.1.depthwise.conv", 8),
        layer("sep.1.se.pool", AvgPool(whole=True), "sep.1.depthwise.norm", 8),
        layer("sep.1.se.squeeze", Conv(kernel=(1, 1)), "sep.1.se.pool", 4),
        layer("sep.1.se.act", Activation(kind="relu"), "sep.1.se.squeeze", 4),
        layer("sep.1.se.excite", Linear(), "sep.1.se.act", 8),
        layer("sep.1.se.gate", Activation(kind="sigmoid"), "sep.1.se.excite", 8),
        layer("sep.1.se.scale", Multiply(), ["sep.1.depthwise.norm", "sep.1.se.gate"], 8),
        layer("sep.1.add", Add(), ["even.1.act", "sep.1.se.scale"], 8),
        layer("mix.1.conv", Conv(kernel=(1, 1), groups=2), "sep.1.add", 8),
        layer("mix.1.shuffle", ChannelShuffle(groups=2), "mix.1.conv", 8),
        layer("side.1.pool", MaxPool(kernel=(3, 3), stride=1), "sep.1.add", 8),
        layer("mean.1.pool", AvgPool(kernel=(2, 2), stride=1, pad="same_upper"), "sep.1.add", 8),
        layer("cat.1.concat", Concat(), ["mix.1.shuffle", "side.1.pool", "mean.1.pool"], 24),
        layer(
            "down.1.pool",
            AvgPool(kernel=(3, 3), stride=2, pad="valid", ceil=True),
            "cat.1.concat",
            24,
        ),
        layer("gap.1.pool", AvgPool(whole=True), "down.1.pool", 24),
        layer("head.1.linear", Linear(), "gap.1.pool", 10),
        layer("head.1.act", Activation(kind="swish"), "head.1.linear", 10),
        layer("fc.1.linear", Linear(bias=False), "head.1.act", 7),
        layer("prob.1.softmax", Softmax(), "fc.1.linear", 7),
        input_shape=input_shape,
    )


def few_proposals(name: str, resolution: int | None = None) -> Net:
    """Build a net of the zoo; one with proposals has three, not hundreds."""
    spec = load(name)
    few = {"proposals": 3} if "proposals" in spec.params else {}
    return build(spec.with_params(**few), resolution=resolution)


def small(name: str) -> Net:
    """Build a net of the zoo at the smallest of a few sizes that its maps allow."""
    for side in (64, 96, 128, 192):
        with suppress(ShapeError):
            return few_proposals(name, side)
    return few_proposals(name)
