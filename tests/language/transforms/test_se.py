"""Squeeze-and-excite in classical nets, as the SENet paper (arXiv:1709.01507) sets it."""

from __future__ import annotations

import pytest

from archcalc import ArchcalcError, Spec, build, count, load, transform
from archcalc.language.graph import Node
from tests.each import each

CLASSICAL = ["googlenet", "mobilenet_v1", "mobilenet_v1_conv", "vgg16"]
EXCITATION = ["global avg_pool", "conv 1x1", "relu", "conv 1x1", "sigmoid", "multiply"]


def excited(name: str) -> list[Node]:
    """Return what each excitation gates."""
    nodes = build(transform(load(name), "se=on")).graph.nodes
    by_id = {node.id: node for node in nodes}
    return [by_id[node.inputs[0]] for node in nodes if node.op.name == "multiply"]


def excitation_params(channels: list[int]) -> int:
    """Count by hand: C → C/16 → C, both with biases."""
    return sum(2 * c * (c // 16) + c // 16 + c for c in channels)


def test_vgg_after_the_non_linearity_of_each_convolution() -> None:
    before = excited("vgg16")
    assert [node.op.label for node in before] == ["relu"] * 13
    channels = [64, 64, 128, 128, 256, 256, 256] + [512] * 6
    more = count(build(transform(load("vgg16"), "se=on"))).params - count(build("vgg16")).params
    assert more == excitation_params(channels)


def test_inception_after_each_whole_module() -> None:
    before = excited("googlenet")
    assert [(node.op.name, node.row_id) for node in before] == [
        ("concat", row) for row in ("3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b")
    ]
    more = (
        count(build(transform(load("googlenet"), "se=on"))).params
        - count(build("googlenet")).params
    )
    assert more == excitation_params([256, 480, 512, 512, 512, 528, 832, 832, 1024])


def test_v1_after_each_separable_convolution_and_not_within() -> None:
    before = excited("mobilenet_v1")
    assert [node.channels for node in before] == [
        node.channels
        for node in build("mobilenet_v1").graph.nodes
        if node.op.name == "conv" and not node.op.label.startswith("dwconv")
    ]
    assert len(before) == 14


@each("name", CLASSICAL)
def test_its_layers_are_senets(name: str) -> None:
    spec = transform(load(name), "se=on")
    net = build(spec)
    at = [i for i, node in enumerate(net.graph.nodes) if node.op.name == "multiply"]
    for index in at:
        found = [node.op.label for node in net.graph.nodes[index - 5 : index + 1]]
        assert found == EXCITATION
        (squeezed, *_), (channels, *_) = (
            net.shapes[net.graph.nodes[i].id] for i in (index - 4, index)
        )
        assert squeezed == channels // 16


@each("name", CLASSICAL)
def test_off_after_on_is_the_printed_net(name: str) -> None:
    spec = load(name)
    back = transform(transform(spec, "se=on"), "se=off")
    for one, other in zip(build(back).graph.nodes, build(spec).graph.nodes, strict=True):
        assert (one.id, one.op, one.inputs) == (other.id, other.op, other.inputs)


def test_resnet_with_it_is_se_resnet() -> None:
    """SENet's Table 1 prints both nets, and this step makes the one of the other."""
    on, off = transform(load("resnet50"), "se=on"), transform(load("se_resnet50"), "se=off")
    for changed, printed in ((on, "se_resnet50"), (off, "resnet50")):
        ours, theirs = build(changed), build(printed)
        assert [(n.id, n.op, n.inputs, ours.shapes[n.id]) for n in ours.graph.nodes] == [
            (n.id, n.op, n.inputs, theirs.shapes[n.id]) for n in theirs.graph.nodes
        ]
        assert count(ours).totals == count(theirs).totals


def test_a_classifier_behind_the_pool_has_none() -> None:
    spec = Spec(
        "archcalc: 1\nname: c\ninput: 8x8x3\nrows:\n- {op: conv 3x3, out: 32}\n"
        "- {op: avgpool, global: true}\n- {op: conv 1x1, out: 10}\n"
    )
    nodes = build(transform(spec, "se=on")).graph.nodes
    assert [node.row for node in nodes if node.op.name == "multiply"] == [1]


def test_a_block_without_a_place_for_it_is_an_error() -> None:
    spec = Spec(
        "archcalc: 1\nname: c\ninput: 8x8x3\nblocks:\n  two:\n    rows:\n"
        "    - {op: conv 3x3, out: 4}\n    - {op: conv 3x3, out: 4}\nrows:\n"
        "- {op: conv 3x3, out: 32}\n- {op: two}\n"
    )
    with pytest.raises(ArchcalcError, match="'two' has no place for squeeze-and-excite"):
        transform(spec, "se=on")
