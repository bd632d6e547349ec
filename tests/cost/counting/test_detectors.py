"""Detectors against second counts, written from the papers and the facts that fit their figures.

No rule is shared with archcalc: backbones are walked anew, and each head by its own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archcalc import build, load
from tests.cost.counting.test_cell_nets import BN_INCEPTIONS, inception_modules, inception_stem
from tests.cost.counting.test_zoo_counts import V1_PAIRS, V2_ROWS, VGG_D
from tests.cost.counting.walk import Layer, Walk, assert_same, uncut
from tests.each import each

State = tuple[int, int]
"""Side and channels of a map."""


def state(net: Walk) -> State:
    return net.side, net.channels


def branch(net: Walk, at: State, kernel: int, out: int) -> None:
    """Predict from a map: a convolution with a bias."""
    net.side, net.channels = at
    net.conv(kernel, out, norm=False)


def heads(
    net: Walk, maps: Sequence[State], anchors: Sequence[int], classes: int, kernel: int
) -> Walk:
    for at, boxes in zip(maps, anchors, strict=True):
        branch(net, at, kernel, boxes * 4)
        branch(net, at, kernel, boxes * classes)
    return net


def mobilenet_v1(side: int) -> tuple[Walk, list[State]]:
    """Walk to the 13th separable pair; the maps of the 11th and the 13th."""
    net, maps = Walk(side), []
    net.conv(3, 32, 2)
    for stride, out in V1_PAIRS:
        net.depthwise(3, stride)
        net.conv(1, out)
        maps.append(state(net))
    return net, [maps[10], maps[12]]


def further(net: Walk, *, separable: bool = False) -> list[State]:
    """Add SSD's four further maps of TensorFlow's detection models."""
    maps = []
    for out in (512, 256, 256, 128):
        net.conv(1, out // 2)
        if separable:
            net.depthwise(3, 2)
            net.conv(1, out)
        else:
            net.conv(3, out, 2)
        maps.append(state(net))
    return maps


def ssd300_mobilenet_v1(side: int) -> Walk:
    net, maps = mobilenet_v1(side)
    maps += further(net)
    return heads(net, maps, (3, 6, 6, 6, 6, 6), 91, 1)


def ssd300_inception_v2(side: int) -> Walk:
    net = inception_stem(side, uncut, separable=True)
    inception_modules(net, BN_INCEPTIONS[:5], uncut, projected=96)
    maps = [state(net)]
    inception_modules(net, BN_INCEPTIONS[5:], uncut, projected=96)
    maps += [state(net), *further(net)]
    return heads(net, maps, (3, 6, 6, 6, 6, 6), 91, 1)


def lite(net: Walk, maps: list[State]) -> Walk:
    maps += further(net, separable=True)
    for at, boxes in zip(maps, (3, 6, 6, 6, 6, 6), strict=True):
        for out in (4 * boxes, 81 * boxes):
            net.side, net.channels = at
            net.depthwise(3)
            net.conv(1, out, norm=False)
    return net


def ssdlite_mobilenet_v1(side: int) -> Walk:
    return lite(*mobilenet_v1(side))


def ssdlite_mobilenet_v2(side: int) -> Walk:
    net, maps = Walk(side), []
    net.conv(3, 32, 2)
    for factor, out, copies, first in V2_ROWS:
        for copy in range(copies):
            if factor != 1:
                net.conv(1, factor * net.channels)
                if (out, copy) == (160, 0):
                    maps.append(state(net))  # the expansion, before its depthwise step
            net.depthwise(3, first if copy == 0 else 1)
            net.conv(1, out)
    net.conv(1, 1280)
    return lite(net, [*maps, state(net)])


def vgg(net: Walk, layers: Sequence[int | str]) -> None:
    for out in layers:
        if out == "pool":
            net.side //= 2
        else:
            net.conv(3, out, norm=False)


def ssd_vgg(side: int, *, small: bool) -> Walk:
    net = Walk(side)
    vgg(net, VGG_D[:9])
    net.side = -(-net.side // 2)  # pool3 rounds up
    vgg(net, [512, 512, 512])
    maps = [state(net)]
    vgg(net, ["pool", 512, 512, 512])
    net.conv(3, 1024, norm=False)
    net.conv(1, 1024, norm=False)
    maps.append(state(net))
    for squeezed, out in ((256, 512), (128, 256)):
        net.conv(1, squeezed, norm=False)
        net.conv(3, out, 2, norm=False)
        maps.append(state(net))
    for _ in range(2):
        net.conv(1, 128, norm=False)
        if small:  # no padding
            net.side -= 2
            net.conv(3, 256, norm=False)
        else:
            net.conv(3, 256, 2, norm=False)
        maps.append(state(net))
    if not small:
        net.conv(1, 128, norm=False)
        net.side += 2 - 3  # 4x4 with one pixel around
        net.conv(4, 256, norm=False)
        maps.append(state(net))
    net.norms += 512  # one scale a channel of conv4_3
    anchors = (4, 6, 6, 6, 4, 4) if small else (4, 6, 6, 6, 6, 4, 4)
    return heads(net, maps, anchors, 81, 3)


def ssd300_vgg(side: int) -> Walk:
    return ssd_vgg(side, small=True)


def ssd512_vgg(side: int) -> Walk:
    return ssd_vgg(side, small=False)


DARKNET = [32, "pool", 64, "pool", 128, 64, 128, "pool", 256, 128, 256, "pool",
           512, 256, 512, 256, 512]  # fmt: skip


def darknet(net: Walk, layers: Sequence[int | str]) -> None:
    """Walk Darknet-19's layers: a layer narrower than the one before is 1x1."""
    for out in layers:
        if out == "pool":
            net.side = -(-net.side // 2)
        else:
            net.conv(1 if out < net.channels else 3, out)


def yolo(side: int, *, narrow: int | None, classes: int) -> Walk:
    net = Walk(side)
    darknet(net, DARKNET)
    at = state(net)
    darknet(net, ["pool", 1024, 512, 1024, 512, 1024])
    net.conv(3, 1024)
    net.conv(3, 1024)
    deep = state(net)
    passed = at
    if narrow:
        net.side, net.channels = at
        net.conv(1, narrow)
        passed = state(net)
    net.side, net.channels = deep[0], deep[1] + 4 * passed[1]
    net.conv(3, 1024)
    net.conv(1, 5 * (5 + classes), norm=False)
    return net


def yolov2(side: int) -> Walk:
    return yolo(side, narrow=None, classes=80)


def yolov2_voc(side: int) -> Walk:
    return yolo(side, narrow=64, classes=20)


def faster_rcnn(net: Walk, crop: int, second: Callable[[Walk], None]) -> Walk:
    """Add a region proposal network of 12 anchors, and ``second`` on each of 300 crops."""
    at = state(net)
    net.conv(3, 512, norm=False)
    rpn = state(net)
    branch(net, rpn, 1, 12 * 4)
    branch(net, rpn, 1, 12 * 2)
    part = Walk(crop, at[1])
    second(part)
    part.side, features = 1, part.channels
    part.linear(90 * 4)
    part.channels = features
    part.linear(90 + 1)
    net.layers += [Layer(300 * layer.madds, *layer[1:]) for layer in part.layers]
    net.norms += part.norms
    return net


def faster_rcnn_mobilenet_v1(side: int) -> Walk:
    net = Walk(side)
    net.conv(3, 32, 2)

    def pairs(walk: Walk, rows) -> None:
        for stride, out in rows:
            walk.depthwise(3, stride)
            walk.conv(1, out)

    pairs(net, V1_PAIRS[:11])
    return faster_rcnn(net, 14, lambda part: pairs(part, V1_PAIRS[11:]))


def faster_rcnn_inception_v2(side: int) -> Walk:
    net = inception_stem(side, uncut, separable=True)
    inception_modules(net, BN_INCEPTIONS[:7], uncut, projected=96)
    rest = BN_INCEPTIONS[7:]
    return faster_rcnn(net, 14, lambda part: inception_modules(part, rest, uncut, projected=96))


def faster_rcnn_vgg(side: int) -> Walk:
    net = Walk(side)
    vgg(net, VGG_D)

    def fully_connected(part: Walk) -> None:
        part.linear(4096)
        part.linear(4096)

    return faster_rcnn(net, 7, fully_connected)


SIDES = {
    ssd300_mobilenet_v1: (300, 257, 513),
    ssd300_inception_v2: (300, 257, 513),
    ssd300_vgg: (300, 340),
    ssd512_vgg: (512, 480),
    ssdlite_mobilenet_v1: (320, 257),
    ssdlite_mobilenet_v2: (320, 257),
    yolov2: (416, 288),
    yolov2_voc: (416, 288),
    faster_rcnn_mobilenet_v1: (300, 600, 417),
    faster_rcnn_inception_v2: (300, 600, 417),
    faster_rcnn_vgg: (300, 600, 417),
}


@each(
    ("walk", "side"),
    [(walk, side) for walk, sides in SIDES.items() for side in sides],
)
def test_every_layer_of_a_detector(walk: Callable[[int], Walk], side: int) -> None:
    assert_same(walk.__name__, walk(side), resolution=side)


@each("walk", SIDES)
def test_a_backbone_is_named_and_not_copied(walk: Callable[[int], Walk]) -> None:
    spec = load(walk.__name__)
    (base, *_) = spec.bases
    shared = {node.id for node in build(base).graph.nodes}
    assert len(shared & {node.id for node in build(spec).graph.nodes}) > 20
