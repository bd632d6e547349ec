"""Inputs that operators reject, and the messages."""

from __future__ import annotations

import pytest

from archcalc.base.errors import ShapeError
from archcalc.language.ops import IntShape, Operator
from archcalc.language.ops.add import Add
from archcalc.language.ops.channel_shuffle import ChannelShuffle
from archcalc.language.ops.concat import Concat
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.multiply import Multiply
from archcalc.language.ops.pool import AvgPool, MaxPool, Pool
from tests.each import each

SMALL: IntShape = (4, 3, 3)


@each(
    ("op", "inputs", "channels", "message"),
    [
        (Add(), [SMALL, (4, 3, 2)], 4, "maps of 3x2 and 3x3 differ in size"),
        (Concat(), [SMALL, (4, 1, 1)], 8, "maps of 1x1 and 3x3 differ in size"),
        (Multiply(), [SMALL, (4, 1, 3)], 4, "a gate of 1x3 does not fit a map of 3x3"),
        (ChannelShuffle(groups=3), [SMALL], 4, "4 channels cannot be split into 3 groups"),
        (Conv(kernel=1, groups=3), [SMALL], 6, "4 channels cannot be split into 3 groups"),
        (Conv(kernel=1, depthwise=True, multiplier=2), [SMALL], 6, "2 filters on each of 4 chan"),
        (Conv(kernel=1, groups=4), [SMALL], 6, "6 channels cannot be split into 4 groups"),
        # torch's ceil mode would give -inf for the largest of no pixel, and 0 / 0 for the mean
        (MaxPool(kernel=2, pad=2), [SMALL], 4, "padding of 2 leaves windows of 2x2"),
        (AvgPool(kernel="3x1", pad=1), [SMALL], 4, "padding of 1 leaves windows of 3x1"),
        (MaxPool(pad=1), [SMALL], 4, "a kernel is needed, or global: true"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    op: Operator, inputs: list[IntShape], channels: int, message: str
) -> None:
    with pytest.raises(ShapeError, match=message):
        op.check(inputs, channels)
    if not isinstance(op, Pool):  # its window is of the structure, whatever a workbook's cells say
        assert any(one != other for one, other in op.equalities(inputs, channels))


@each("op", [MaxPool(kernel=3, pad=2), AvgPool(kernel=3, pad="same"), MaxPool(whole=True, pad=9)])
def test_padding_short_of_the_kernel_is_accepted(op: Operator) -> None:
    op.check([SMALL], 4)
