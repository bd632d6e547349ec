"""What is drawn is what the graph has: every layer once, every edge, and arcs for bypasses."""

from __future__ import annotations

from collections import Counter

import pytest

import archcalc
from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.graph import Net
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing import Diagram, draw
from tests.output.drawing.drawn import NAMES, all_of, blocks_of, net_of, single, whole


def edges(net: Net) -> list[tuple[str, str]]:
    return [(name, node.id) for node in net.graph.nodes for name in node.inputs]


def reached_by_a_detour(diagram: Diagram, source: str, target: str) -> bool:
    """Search from a link's target upwards for its source, not along the link itself."""
    into: dict[str, list[str]] = {}
    for link in diagram.links:
        into.setdefault(link.target, []).append(link.source)
    pending = [name for name in into[target] if name != source]
    seen = set(pending)
    while pending:
        for name in into.get(pending.pop(), []):
            if name == source:
                return True
            if name not in seen:
                seen.add(name)
                pending.append(name)
    return False


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_is_in_one_box(name: str) -> None:
    net = net_of(name)
    drawn = Counter(layer for box in whole(name).diagram.boxes for layer in box.layers)
    assert drawn == Counter(node.id for node in net.graph.nodes)
    for block in blocks_of(name):
        drawn = Counter(one for box in single(name, block).diagram.boxes for one in box.layers)
        assert drawn == Counter(node.id for node in net.graph.nodes if node.block == block)


@pytest.mark.parametrize("name", NAMES)
def test_links_of_a_net_are_its_edges_between_rows(name: str) -> None:
    net, diagram = net_of(name), whole(name).diagram
    row = {node.id: node.row_id for node in net.graph.nodes} | {"input": "input"}
    order = {one: index for index, one in enumerate(dict.fromkeys(["input", *row.values()]))}
    order["input"] = -1
    between = {(row[a], row[b]) for a, b in edges(net)}
    onwards = {(a, b) for a, b in between if order[a] < order[b]}
    back = {(a, b) for a, b in between if order[a] > order[b]}
    drawn = [(link.source, link.target) for link in diagram.links]
    outputs = {box.id for box in diagram.boxes if box.kind == "output"}
    assert len(drawn) == len(set(drawn))
    assert {(a, b) for a, b in drawn if b not in outputs} == onwards
    assert sorted(a for a, b in drawn if b in outputs) == sorted(row[o] for o in net.graph.outputs)
    # what leads back is the next run of a repeated group, and nothing else is framed
    framed = [set(frame.boxes) for frame in diagram.frames]
    assert all(any({a, b} <= boxes for boxes in framed) for a, b in back)
    assert all(any({a, b} <= boxes for a, b in back) for boxes in framed)


@pytest.mark.parametrize("name", NAMES)
def test_links_of_a_block_are_its_edges(name: str) -> None:
    net = net_of(name)
    for block in blocks_of(name):
        diagram = single(name, block).diagram
        box = {layer: one.id for one in diagram.boxes for layer in one.layers}
        inner = {(box.get(a, a), box[b]) for a, b in edges(net) if b in box}
        leaving = {box[a] for a, b in edges(net) if a in box and b not in box}
        leaving |= {box[name] for name in net.graph.outputs if name in box}
        drawn = [(link.source, link.target) for link in diagram.links]
        outputs = {one.id for one in diagram.boxes if one.kind == "output"}
        assert len(drawn) == len(set(drawn))
        assert {(a, b) for a, b in drawn if b not in outputs} == {
            (a, b) for a, b in inner if a != b
        }
        assert {a for a, b in drawn if b in outputs} == leaving


@pytest.mark.parametrize("name", NAMES)
def test_a_box_holds_a_chain(name: str) -> None:
    """What is folded into a box is read by nothing but the next layer of that box."""
    net = net_of(name)
    readers = Counter(a for a, _ in edges(net)) + Counter(net.graph.outputs)
    for block in blocks_of(name):
        for box in single(name, block).diagram.boxes:
            for layer, after in zip(box.layers, box.layers[1:], strict=False):
                assert net.graph.by_id[after].inputs == (layer,)
                assert readers[layer] == 1


@pytest.mark.parametrize("name", NAMES)
def test_arcs_are_the_links_that_bypass(name: str) -> None:
    for drawing in all_of(name):
        diagram = drawing.diagram
        for link in diagram.links:
            bypasses = reached_by_a_detour(diagram, link.source, link.target)
            assert (link.kind != "flow") == bypasses
            gate = diagram.by_id[link.target].kind == "multiply"
            assert (link.kind == "gated") == (bypasses and gate)


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_onwards_and_carry_their_source(name: str) -> None:
    net = net_of(name)
    for drawing in all_of(name):
        diagram = drawing.diagram
        order = {box.id: index for index, box in enumerate(diagram.boxes)}
        for link in diagram.links:
            assert order[link.source] < order[link.target]
            given = diagram.by_id[link.source].layers or (link.source,)
            assert set(link.shapes) <= {net.shapes[name] for name in given}


@pytest.mark.parametrize("name", NAMES)
def test_shares_add_up(name: str) -> None:
    assert sum(box.madds for box in whole(name).diagram.boxes) == archcalc.count(net_of(name)).madds
    shares = [box.share for box in whole(name).diagram.boxes if box.share is not None]
    assert sum(shares) == pytest.approx(100)


def test_the_inverted_residual_is_drawn_as_its_paper_draws_it() -> None:
    """MobileNetV2, figure 4d: 1x1 ReLU6, dwise 3x3 ReLU6, 1x1 linear, add; no add at stride 2."""
    diagram = single("mobilenet_v2", "bottleneck_3.2").diagram
    assert [(box.kind, box.label, box.after) for box in diagram.boxes] == [
        ("input", "from bottleneck_3.1", ""),
        ("conv", "conv 1x1", "BN, ReLU6"),
        ("depthwise", "dwconv 3x3", "BN, ReLU6"),
        ("conv", "conv 1x1", "BN, linear"),
        ("add", "add", ""),
        ("output", "output", ""),
    ]
    (arc,) = [link for link in diagram.links if link.kind == "shortcut"]
    assert (arc.source, arc.target) == ("bottleneck_3.1.project.norm", "bottleneck_3.2.add")
    strided = draw(net_of("mobilenet_v2"), block="bottleneck_3").diagram
    assert [box.kind for box in strided.boxes] == ["input", "conv", "depthwise", "conv", "output"]
    assert "stride 2" in strided.boxes[2].label


def test_squeeze_and_excite_is_drawn_beside_the_gated_map() -> None:
    """MobileNetV3, figure 4: pool, FC ReLU, FC h-sigmoid, times the map."""
    drawing = single("mobilenet_v3_large", "bneck_5.1")
    gated = [link for link in drawing.diagram.links if link.kind == "gated"]
    assert [link.source.rpartition(".")[0] for link in gated] == ["bneck_5.1.depthwise"]
    places = {one.box.id: one.rect.middle for one in drawing.layout.boxes}
    assert places[gated[0].source] == places[gated[0].target]
    branch = [box for box in drawing.diagram.boxes if ".se." in box.id and box.kind != "multiply"]
    assert [(box.label, box.after) for box in branch] == [
        ("global avg pool", ""), ("FC", "ReLU"), ("FC", "h-sigmoid"),
    ]  # fmt: skip
    assert all(places[box.id] != places[gated[0].source] for box in branch)


def test_a_repeated_group_is_framed() -> None:
    (frame,) = whole("mobilenet_v1").diagram.frames
    assert (frame.boxes, frame.times) == (("dwconv_14", "conv_15"), 5)
    assert {whole("mobilenet_v1").diagram.by_id[row].times for row in frame.boxes} == {1}
    assert whole("mobilenet_v2").diagram.by_id["bottleneck_5"].times == 4


def test_several_blocks_in_one_picture() -> None:
    diagram = draw(net_of("mobilenet_v1"), block="dwconv_2,conv_3.1").diagram
    assert [box.label for box in diagram.boxes] == [
        "from conv_1.1", "dwconv 3x3", "conv 1x1", "output",
    ]  # fmt: skip


def test_pre_activation_goes_with_its_convolution() -> None:
    spec = Spec(
        "archcalc: 1\nname: pre\ninput: 8x8x4\nblocks:\n  pre:\n    rows:\n"
        "    - {id: n, from: in, op: bn}\n    - {id: a, op: relu}\n"
        "    - {id: c, op: conv2d 3x3, out: 4}\n    - {id: s, from: [in, c], op: add}\n"
        "rows:\n- {op: pre, id: b}\n"
    )
    boxes = draw(archcalc.build(spec), block="b").diagram.boxes
    assert [(box.before, box.label) for box in boxes][1] == ("BN, ReLU", "conv 3x3")


def test_a_variant_is_drawn_with_its_own_widths() -> None:
    net = archcalc.build("mobilenet_v2", width=0.5, resolution=96)
    diagram = draw(net).diagram
    assert diagram.title == net.title
    first = next(link for link in diagram.links if link.target == "conv_1")
    assert first.shapes == ((3, 96, 96),)


@pytest.mark.parametrize("block", ["bottleneck_33", "", "conv_1,,conv_9", "conv_1.2"])
def test_an_unknown_block_raises_with_near_names(block: str) -> None:
    with pytest.raises(UnknownName, match="unknown block") as caught:
        draw(net_of("mobilenet_v2"), block=block)
    assert "conv_1" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_picture_of_too_many_boxes_is_refused() -> None:
    rows = "".join("- {op: relu}\n" for _ in range(4001))
    net = archcalc.build(Spec(f"archcalc: 1\nname: long\ninput: 8x8x4\nrows:\n{rows}"))
    with pytest.raises(ArchcalcError, match="4003 boxes"):
        draw(net)
