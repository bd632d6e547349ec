"""One list of cases per operator: `test_battery.py` tests every rule on them.

A new operator needs an entry here and nothing else. Shapes are tiny, since the battery also
counts multiplications one by one; they are odd, uneven or smaller than the window where that is
where rules go wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archcalc.language.ops import IntShape, Operator
from archcalc.language.ops.activation import ACTIVATIONS, Activation, Softmax
from archcalc.language.ops.add import Add
from archcalc.language.ops.channel_shuffle import ChannelShuffle
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.multiply import Multiply
from archcalc.language.ops.norm import L2Norm, Norm
from archcalc.language.ops.pool import AvgPool, MaxPool
from archcalc.language.ops.roi_pool import RoiPool
from archcalc.language.ops.shift import Shift
from archcalc.language.ops.space_to_depth import SpaceToDepth


@dataclass(frozen=True)
class Case:
    """An operator on ``inputs``, (channels, height, width) each, giving ``channels`` channels."""

    op: Operator
    inputs: tuple[IntShape, ...]
    channels: int

    def __str__(self) -> str:
        """Name the case in a test's id."""
        given = self.op.model_dump(exclude_defaults=True)
        keywords = ",".join(f"{name}={value}" for name, value in given.items()).replace(" ", "")
        shapes = "+".join("x".join(map(str, shape)) for shape in self.inputs)
        return f"{self.op.name}({keywords})-{shapes}->{self.channels}"


def kept(op: Operator, *inputs: IntShape) -> Case:
    """Return a case whose output has the channels of its first input."""
    return Case(op, inputs, inputs[0][0])


def _convolutions() -> Iterator[Case]:
    for pad in ("same", "valid", "same_upper", 0, 1, 2):
        for kernel, stride in ((3, 1), (3, 2), (2, 1), (4, 2), (1, 2), (2, 3), (5, 2)):
            op = Conv(kernel=(kernel, kernel), stride=stride, pad=pad, bias=stride == 1)
            yield Case(op, ((2, 5, 8),), 3)
    for pad in ("same", "valid", "same_upper", 1):
        yield Case(Conv(kernel=(3, 2), dilation=2, pad=pad), ((2, 7, 6),), 2)
        yield Case(Conv(kernel=(1, 5), stride=2, pad=pad, bias=False), ((1, 4, 9),), 4)
    yield Case(Conv(kernel=(3, 3), dilation=3, stride=2), ((2, 9, 8),), 2)
    yield Case(Conv(kernel=(3, 3), groups=2), ((4, 5, 4),), 6)
    yield Case(Conv(kernel=(1, 1), groups=3, bias=False), ((6, 3, 3),), 3)
    yield kept(Conv(kernel=(3, 3), stride=2, depthwise=True, bias=False), (5, 7, 6))
    yield kept(Conv(kernel=(2, 4), depthwise=True, pad="same_upper"), (3, 5, 5))
    yield Case(Conv(kernel=(3, 2), stride=2, depthwise=True, multiplier=3), ((2, 5, 4),), 6)
    yield Case(Conv(kernel=(7, 7)), ((1, 2, 3),), 2)
    yield Case(Conv(kernel=(1, 1)), ((3, 1, 1),), 2)


def _pools(cls: type[AvgPool] | type[MaxPool]) -> Iterator[Case]:
    for ceil, pad in itertools.product((False, True), ("same", "valid", "same_upper", 1)):
        for kernel, stride in ((3, 2), (2, 2), (2, 3)):
            op = cls(kernel=(kernel, kernel), stride=stride, pad=pad, ceil=ceil)
            yield kept(op, (2, 5, 8))
    for ceil in (False, True):
        yield kept(cls(kernel=(3, 3), stride=1, pad=0, ceil=ceil), (1, 6, 7))
        yield kept(cls(kernel=(3, 3), stride=3, pad=1, ceil=ceil), (2, 4, 9))
        # more padding than torch's own pools take
        yield kept(cls(kernel=(3, 3), stride=2, pad=2, ceil=ceil), (2, 5, 8))
        yield kept(cls(kernel=(4, 4), stride=3, pad=3, ceil=ceil), (1, 6, 7))
        yield kept(cls(kernel=(2, 3), stride=1, pad=1, ceil=ceil), (2, 4, 9))
    yield kept(cls(kernel=(3, 2)), (2, 6, 5))  # its stride is its height
    yield kept(cls(kernel=(5, 5), stride=3), (1, 3, 2))
    yield kept(cls(whole=True), (3, 5, 4))
    yield kept(cls(whole=True), (2, 1, 1))


CASES: Mapping[str, Sequence[Case]] = {
    "activation": [kept(Activation(kind=kind), (3, 5, 4)) for kind in ACTIVATIONS],
    "add": [kept(Add(), (2, 3, 5), (2, 3, 5)), kept(Add(), *[(1, 1, 1)] * 4)],
    "avg_pool": [*_pools(AvgPool)],
    "channel_shuffle": [
        kept(ChannelShuffle(groups=3), (6, 3, 2)),
        kept(ChannelShuffle(groups=1), (4, 1, 1)),
    ],
    "concat": [
        Case(Concat(), ((2, 3, 5), (4, 3, 5)), 6),
        Case(Concat(), ((1, 2, 2), (3, 2, 2), (2, 2, 2)), 6),
    ],
    "conv": [*_convolutions()],
    "l2_norm": [kept(L2Norm(), (3, 4, 5)), kept(L2Norm(), (2, 1, 1))],
    "linear": [
        Case(Linear(), ((3, 2, 5),), 4),
        Case(Linear(bias=False), ((7, 1, 1),), 2),
    ],
    "max_pool": [*_pools(MaxPool)],
    "multiply": [
        kept(Multiply(), (3, 4, 5), (3, 1, 1)),
        kept(Multiply(), (3, 4, 5), (3, 4, 5)),
    ],
    "norm": [kept(Norm(), (3, 4, 5)), kept(Norm(), (2, 1, 1))],
    "shift": [kept(Shift(), (2, 4, 5)), kept(Shift(pixels=3), (1, 3, 2))],
    "roi_pool": [
        kept(RoiPool(kernel=(3, 3)), (2, 5, 7)),
        kept(RoiPool(kernel=(4, 2)), (3, 1, 1)),  # a map of one pixel is larger afterwards
    ],
    "softmax": [kept(Softmax(), (7, 1, 1)), kept(Softmax(), (3, 2, 4))],
    "space_to_depth": [
        Case(SpaceToDepth(), ((3, 4, 6),), 12),
        Case(SpaceToDepth(block=3), ((1, 3, 6),), 9),
    ],
}
