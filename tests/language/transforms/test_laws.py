"""What each transform changes, and all that it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import CostTable, Spec, build, count, load, transform
from archcalc.language.graph import Node
from archcalc.language.ops.activation import ACTIVATIONS, Activation
from archcalc.language.ops.conv import Conv
from tests.each import each
from tests.zoo import few

WITH_BOTTLENECKS = [
    "efficientnet_b0", "mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_large_minimalistic",
    "mobilenet_v3_small", "mobilenet_v3_small_minimalistic", "proxylessnas_mobile",
]  # fmt: skip
MNASNETS = ["mnasnet_a1", "mnasnet_small"]
WITH_DEPTHWISE = ["mobilenet_v1", *WITH_BOTTLENECKS, *MNASNETS, "mobilenet_v4_conv_small"]
WITH_ACTIVATIONS = [
    "googlenet", *WITH_DEPTHWISE, "mobilenet_v1_conv", "vgg16",
]  # fmt: skip
WITH_EXCITATION = ["efficientnet_b0", "mobilenet_v3_large", "mobilenet_v3_small", *MNASNETS]
GATES = ("sigmoid", "hard_sigmoid")


def counted(spec: Spec) -> CostTable:
    return count(build(spec))


def in_excitation(node: Node) -> bool:
    return ".se." in f".{node.id}."


def is_depthwise(node: Node) -> bool:
    return isinstance(node.op, Conv) and node.op.depthwise


@pytest.mark.parametrize("name", few(WITH_ACTIVATIONS))
@each("kind", ["relu", "hard_swish", "tanh"])
def test_act_changes_functions_and_no_cost(name: str, kind: str) -> None:
    before, after = counted(load(name)), counted(transform(load(name), f"act={kind}"))
    assert (after.madds, after.params) == (before.madds, before.params)
    assert after.totals == before.totals
    assert [layer.node.id for layer in after.layers] == [layer.node.id for layer in before.layers]
    for one, other in zip(before.layers, after.layers, strict=True):
        op = other.node.op
        if isinstance(op, Activation) and not in_excitation(other.node):
            assert op.kind == kind
        else:
            assert op == one.node.op  # norms, softmax, gates: all else is as it was


@each("spelling", ["HS", "h-swish", "hard_swish", "hardswish"])
def test_act_knows_the_papers_spellings(spelling: str) -> None:
    spec = transform(load("mobilenet_v2"), {"act": spelling})
    kinds = {n.op.kind for n in build(spec).graph.nodes if isinstance(n.op, Activation)}
    assert kinds == {"hard_swish"}


@each("name", WITH_EXCITATION)
def test_se_off_leaves_no_multiplication(name: str) -> None:
    before, after = counted(load(name)), counted(transform(load(name), "se=off"))
    assert any(layer.node.op.name == "multiply" for layer in before.layers)
    kept = [layer for layer in before.layers if not in_excitation(layer.node)]
    assert [layer.node.id for layer in after.layers] == [layer.node.id for layer in kept]
    assert [layer.output for layer in after.layers] == [layer.output for layer in kept]
    # what goes is what the excitations cost, and nothing else
    assert after.madds == sum(layer.madds for layer in kept)
    assert after.params == sum(layer.params for layer in kept)


@each("name", WITH_BOTTLENECKS)
def test_se_on_gives_every_bottleneck_one(name: str) -> None:
    spec = transform(load(name), "se=on")
    nodes = build(spec).graph.nodes
    blocks = {node.block for node in nodes if is_depthwise(node)}
    excited = [node.block for node in nodes if node.op.name == "multiply"]
    assert set(excited) == blocks
    assert len(excited) == len(blocks)
    # beside them the layers are those of the printed net without any
    without = transform(load(name), "se=off") if name in WITH_EXCITATION else load(name)
    outside = [(n.id, n.op) for n in nodes if not in_excitation(n)]
    assert outside == [(n.id, n.op) for n in build(without).graph.nodes]


def test_se_on_squeezes_as_v3_does() -> None:
    """A quarter of the expanded channels, to a multiple of 8; both layers with biases."""
    net = build(transform(load("mobilenet_v2"), "se=on"))
    for node in net.graph.nodes:
        if node.id.endswith(".se.squeeze"):
            ((channels, *_),) = net.inputs_of(node)
            squeezed = net.shapes[node.id][0]
            assert squeezed % 8 == 0
            assert squeezed >= 0.9 * channels / 4
            assert abs(squeezed - channels / 4) <= 8
        if isinstance(node.op, Conv) and in_excitation(node):
            assert node.op.bias


@pytest.mark.parametrize("name", few(WITH_DEPTHWISE))
@each("kernel", [1, 3, 5, "3x7"])
def test_kernel_changes_depthwise_layers_alone(name: str, kernel: Any) -> None:
    tall, wide = (kernel, kernel) if isinstance(kernel, int) else (3, 7)
    before, after = counted(load(name)), counted(transform(load(name), {"kernel": kernel}))
    for one, other in zip(before.layers, after.layers, strict=True):
        assert (other.node.id, other.output) == (one.node.id, one.output)
        if is_depthwise(other.node):
            assert other.kernel == (tall, wide)
            area = one.kernel[0] * one.kernel[1]  # type: ignore[index]
            assert other.madds * area == one.madds * tall * wide
        else:
            assert other.node.op == one.node.op
            assert (other.madds, other.params) == (one.madds, one.params)


@pytest.mark.parametrize("name", few(WITH_ACTIVATIONS))
@each(
    ("value", "outputs", "last"),
    [
        ("classes:10", 10, "softmax"),
        ("multilabel:40", 40, "sigmoid"),
        ("embedding:128", 128, "linear"),
        ("regression:4", 4, "linear"),
        ("landmarks:68", 136, "linear"),
    ],
)
def test_head_replaces_the_classifier(name: str, value: str, outputs: int, last: str) -> None:
    before, net = build(load(name)), build(transform(load(name), f"head={value}"))
    (output,) = net.graph.outputs
    assert net.shapes[output] == (outputs, 1, 1)
    assert net.graph.nodes[-1].op.label == last
    # the features in front of it are untouched, and it reads the last of them
    head = next(index for index, node in enumerate(net.graph.nodes) if node.row_id == "head")
    features = [[(n.id, n.op, n.inputs) for n in one.graph.nodes[:head]] for one in (net, before)]
    assert features[0] == features[1]
    table = count(net)
    assert table.layers[head].params == outputs * (_features(table, head) + 1)
    # its outputs are a task's, whatever the width
    if net.spec.head.rounding:
        narrow = build(net.spec, width=0.5)
        assert narrow.shapes[output] == (outputs, 1, 1)


def _features(table: CostTable, index: int) -> int:
    channels, height, width = table.layers[index].inputs[0]
    return channels * height * width


def test_a_head_beside_a_row_of_that_name() -> None:
    spec = load("mobilenet_v1")
    rows = list(spec.document["rows"])
    rows[1] = [*rows[1], {"id": "head"}]
    net = build(transform(spec.replace(rows=rows), "head=classes:10"))
    assert net.graph.nodes[-2].id == "head_2.1.linear"


def test_a_head_is_never_pruned() -> None:
    net = build(transform(load("mobilenet_v2"), "head=landmarks:68"), prune=0.5)
    assert net.shapes[net.graph.outputs[0]] == (136, 1, 1)


def test_kinds_are_those_that_operators_know() -> None:
    for kind in ACTIVATIONS:
        assert build(transform(load("mobilenet_v1"), f"act={kind}"))
    assert set(GATES) <= set(ACTIVATIONS)
