"""Windows along a side: how many there are, and the padding that makes torch place as many."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional

from archcalc.language.ops._window import parse_kernel, torch_padding, window_output
from tests.each import each

SIZES, KERNELS, STRIDES = range(1, 14), range(1, 7), range(1, 6)


@pytest.mark.parametrize("ceil", [False, True])
def test_windows_of_a_given_padding_are_those_of_torch(ceil: bool) -> None:
    for size, kernel, stride in itertools.product(SIZES, KERNELS, STRIDES):
        for pad in range(kernel // 2 + 1):
            if size + 2 * pad < kernel:
                continue
            side = torch.zeros(1, 1, size)
            expected = functional.max_pool1d(side, kernel, stride, pad, ceil_mode=ceil).shape[-1]
            assert window_output(size, kernel, stride, pad, ceil=ceil) == expected
            if pad == 0:
                assert window_output(size, kernel, stride, "valid", ceil=ceil) == expected


@pytest.mark.parametrize("pad", ["same", "same_upper"])
def test_same_windows_start_at_every_stride_within_the_map(pad: str) -> None:
    for size, kernel, stride in itertools.product(SIZES, KERNELS, STRIDES):
        starts = len(range(0, size, stride))
        assert window_output(size, kernel, stride, pad) == starts
        before, after = torch_padding(size, kernel, stride, pad)
        assert (size + before + after - kernel) // stride + 1 == starts
        assert 0 <= before < kernel, "no window lies in the padding"


def test_same_upper_is_the_least_padding_with_the_odd_pixel_after() -> None:
    for size, kernel, stride in itertools.product(SIZES, KERNELS, STRIDES):
        starts = len(range(0, size, stride))
        # Try every padding from none: the first that lets the last window fit is the least.
        least = next(
            total
            for total in itertools.count()
            if (starts - 1) * stride + kernel <= np.pad(np.zeros(size), (0, total)).size
        )
        before, after = torch_padding(size, kernel, stride, "same_upper")
        assert before + after == least
        assert after - before in {0, 1}


def test_same_pads_an_odd_kernel_on_both_sides_alike() -> None:
    for size, kernel, stride in itertools.product(SIZES, (1, 3, 5, 7), STRIDES):
        assert torch_padding(size, kernel, stride, "same") == (kernel // 2, kernel // 2)


@each("value", [3, "3", "3x3", "3 X 3", "3×3", [3, 3], (3, 3), [3]])
def test_kernels_are_read_in_every_spelling(value: object) -> None:
    assert parse_kernel(value) == (3, 3)


@each(
    "value", [0, -1, 256, "0x3", "3x", "x", "", "3x3x3", [], [1, 2, 3], True, 3.0, None, "9" * 5000]
)
def test_what_is_no_kernel_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="kernel"):
        parse_kernel(value)
