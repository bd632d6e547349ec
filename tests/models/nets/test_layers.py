"""Torch modules of windows: shapes and values on sizes, kernels, strides and paddings."""

from __future__ import annotations

import itertools
import math
import pickle

import numpy as np
import pytest
import torch
from torch import nn

from archcalc.language.ops import IntShape
from archcalc.language.ops._torch import ChannelShuffle, Product
from archcalc.language.ops._torch_windows import conv2d
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.pool import AvgPool, MaxPool
from archcalc.models.nets.repeat import Repeat

SIZES: list[tuple[int, int]] = [(5, 8), (7, 9), (6, 11), (1, 4)]
PADS: list[str | int] = ["same", "valid", "same_upper", 1, 2]


def settings() -> list[tuple[tuple[int, int], tuple[int, int], int, str | int]]:
    kernels = [(1, 1), (2, 2), (3, 3), (4, 4), (2, 5), (3, 1)]
    return [
        (size, kernel, stride, pad)
        for size, kernel, stride, pad in itertools.product(SIZES, kernels, (1, 2, 3), PADS)
        if all(side + 2 * _border(pad) >= k for side, k in zip(size, kernel, strict=True))
        or pad in ("same", "same_upper")
    ]


def _border(pad: str | int) -> int:
    return pad if isinstance(pad, int) else 0


def windows(
    size: tuple[int, int], kernel: tuple[int, int], stride: int, pad: str | int, *, ceil: bool
) -> list[list[tuple[int, int]]]:
    """Return, for height and width, where each window begins and ends, padding negative.

    By the words of the spec language, and with no formula: windows are laid one after another.
    """
    sides = []
    for side, k in zip(size, kernel, strict=True):
        if pad in ("same", "same_upper"):
            starts = range(0, side, stride)
            needed = max(starts[-1] + k - side, 0)
            before = k // 2 if pad == "same" and k % 2 else needed // 2
            sides.append([(start - before, start - before + k) for start in starts])
            continue
        before = _border(pad)
        placed = []
        start = -before
        # In ceil mode a window may hang over the end, but must start on the map.
        while start + k <= side + before or (
            ceil and start < side and start - stride + k < side + before
        ):
            placed.append((start, start + k))
            start += stride
        sides.append(placed)
    return sides


def pooled(image: np.ndarray, spans: list[list[tuple[int, int]]], *, average: bool) -> np.ndarray:
    """Pool by the definition, over the pixels of each window that lie on the map."""
    rows, columns = spans
    result = np.empty((len(image), len(rows), len(columns)))
    for (y, (top, bottom)), (x, (left, right)) in itertools.product(
        enumerate(rows), enumerate(columns)
    ):
        window = image[:, max(top, 0) : bottom, max(left, 0) : right].reshape(len(image), -1)
        result[:, y, x] = window.mean(1) if average else window.max(1)
    return result


@pytest.mark.parametrize("ceil", [False, True])
@pytest.mark.parametrize("cls", [AvgPool, MaxPool])
def test_pools_are_those_of_the_definition(cls: type[AvgPool | MaxPool], ceil: bool) -> None:
    rng = np.random.default_rng(0)
    for size, kernel, stride, pad in settings():
        if _border(pad) >= min(kernel):
            continue
        op = cls(kernel=kernel, stride=stride, pad=pad, ceil=ceil)
        image = rng.normal(size=(2, *size)) - 3  # below zero: padding must never be the largest
        shape: IntShape = (2, *size)
        output = op.shape([shape], 2)
        spans = windows(size, kernel, stride, pad, ceil=ceil)
        expected = pooled(image, spans, average=cls is AvgPool)
        assert output == expected.shape, op
        made = op.module([shape], output)(torch.from_numpy(image)[None])
        np.testing.assert_allclose(made[0].numpy(), expected, rtol=1e-9, err_msg=str(op))


def test_convolutions_place_their_windows_by_the_definition() -> None:
    for size, kernel, stride, pad in settings():
        op = Conv(kernel=kernel, stride=stride, pad=pad, bias=False)
        output = op.shape([(1, *size)], 1)
        module = op.module([(1, *size)], output)
        nn.init.ones_(module.weight)
        rows, columns = windows(size, kernel, stride, pad, ceil=False)
        made = module(torch.ones(1, 1, *size))
        # Ones under a kernel of ones count the pixels of the map in each window.
        counts = [
            [
                (min(bottom, size[0]) - max(top, 0)) * (min(right, size[1]) - max(left, 0))
                if bottom > 0 and right > 0 and top < size[0] and left < size[1]
                else 0
                for left, right in columns
            ]
            for top, bottom in rows
        ]
        assert tuple(made.shape[1:]) == output, op
        assert made[0, 0].round().int().tolist() == counts, op


def test_torch_own_classes_stand_where_they_can() -> None:
    same = ((1, 1), (1, 1))
    assert type(conv2d(3, 4, (3, 3), padding=same)) is nn.Conv2d
    assert isinstance(conv2d(3, 4, (3, 3), padding=((0, 1), (1, 1))), nn.Conv2d)
    for op, own in (
        (MaxPool(kernel=3, stride=2), nn.MaxPool2d),
        (MaxPool(kernel=3, stride=2, pad="valid", ceil=True), nn.MaxPool2d),
        (AvgPool(kernel=3, stride=2, pad=1, ceil=True), nn.AvgPool2d),
        (AvgPool(whole=True), nn.AdaptiveAvgPool2d),
        (MaxPool(whole=True), nn.AdaptiveMaxPool2d),
    ):
        shape = (2, 8, 9)
        output = op.shape([shape], 2)
        assert type(op.module([shape], output)) is own


def test_a_linear_layer_flattens_channel_first_and_keeps_a_pixel() -> None:
    module = Linear().module([(2, 3, 4)], (5, 1, 1))
    assert isinstance(module, nn.Linear)
    x = torch.rand(7, 2, 3, 4)
    expected = nn.functional.linear(x.reshape(7, 24), module.weight, module.bias)
    assert torch.equal(module(x), expected.reshape(7, 5, 1, 1))


def test_shuffle_interleaves_groups() -> None:
    x = torch.arange(6.0).reshape(1, 6, 1, 1)
    assert ChannelShuffle(2)(x).flatten().tolist() == [0, 3, 1, 4, 2, 5]
    assert torch.equal(ChannelShuffle(3)(ChannelShuffle(2)(x)), x)


def test_a_gate_of_one_value_a_channel_covers_its_map() -> None:
    x, gate = torch.rand(2, 3, 4, 5), torch.rand(2, 3, 1, 1)
    assert torch.equal(Product()(x, gate), x * gate.expand_as(x))


def test_repeat_repeats_each_image_in_place() -> None:
    x = torch.arange(2.0).reshape(2, 1, 1, 1)
    assert Repeat(3)(x).flatten().tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("average", [False, True])
def test_gradients_of_padded_pools_stay_finite(average: bool) -> None:
    op = (AvgPool if average else MaxPool)(kernel=(4, 4), stride=3, pad=3)
    module = pickle.loads(pickle.dumps(op.module([(1, 5, 5)], (1, *op.shape([(1, 5, 5)], 1)[1:]))))
    x = torch.rand(1, 1, 5, 5, requires_grad=True)
    y = module(x)
    y.sum().backward()
    assert x.grad is not None
    assert math.isclose(float(x.grad.sum()), y.numel(), rel_tol=1e-5)
