"""Torch convolutions and pools with any padding, fixed when built."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

Border = tuple[int, int]
"""Pixels to add (before, after) along a side."""


def conv2d(
    in_channels: int,
    out_channels: int,
    kernel: tuple[int, int],
    *,
    stride: int = 1,
    padding: Sequence[Border] = ((0, 0), (0, 0)),
    dilation: int = 1,
    groups: int = 1,
    bias: bool = True,
) -> nn.Conv2d:
    """Return a convolution; ``padding`` holds the pixels to add to the height and to the width.

    Torch's own class where the padding is symmetric.
    """
    options: dict[str, Any] = {
        "kernel_size": kernel,
        "stride": stride,
        "dilation": dilation,
        "groups": groups,
        "bias": bias,
    }
    if all(before == after for before, after in padding):
        return nn.Conv2d(in_channels, out_channels, padding=_befores(padding), **options)
    return PaddedConv2d(in_channels, out_channels, border=padding, **options)


class PaddedConv2d(nn.Conv2d):
    """A convolution with asymmetric padding, as TensorFlow's, or of an even kernel."""

    def __init__(self, *args: Any, border: Sequence[Border], **options: Any) -> None:
        super().__init__(*args, **options)
        self.border = _border(border)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the convolution of the padded (N, C, H, W)."""
        return super().forward(functional.pad(input, self.border))

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, border={self.border}"  # type: ignore[no-untyped-call]


def pool2d(
    kernel: tuple[int, int],
    stride: int,
    padding: Sequence[Border],
    *,
    ceil: bool,
    average: bool,
    size: Sequence[int],
    windows: Sequence[int],
) -> nn.Module:
    """Return a pool whose output on an input of ``size`` (height, width) is ``windows``.

    Torch's own class where it can give ``windows``: symmetric padding of at most half a kernel.
    A mean leaves the padding out.
    """
    sides = list(zip(size, kernel, padding, windows, strict=True))
    native = all(before == after and 2 * before <= k for _, k, (before, after), _ in sides)
    pads = _befores(padding)
    for mode in (ceil, False) if native else ():
        if all(
            count == _torch_windows(side, k, stride, before, ceil=mode)
            for side, k, (before, _), count in sides
        ):
            if average:
                return nn.AvgPool2d(kernel, stride, pads, ceil_mode=mode, count_include_pad=False)
            return nn.MaxPool2d(kernel, stride, pads, ceil_mode=mode)
    border = [
        (before, max((count - 1) * stride + k - side - before, 0))
        for side, k, (before, _), count in sides
    ]
    return (PaddedAvgPool2d if average else PaddedMaxPool2d)(kernel, stride, border)


def _torch_windows(size: int, kernel: int, stride: int, pad: int, *, ceil: bool) -> int:
    """Return how many windows torch's own pools have along a side."""
    room = size + 2 * pad - kernel
    windows = (-(-room // stride) if ceil else room // stride) + 1
    # torch drops a last window that would start in the padding.
    return windows - (ceil and (windows - 1) * stride >= size + pad)


class _PaddedPool2d(nn.Module):
    def __init__(self, kernel: tuple[int, int], stride: int, border: Sequence[Border]) -> None:
        super().__init__()
        self.kernel_size = kernel
        self.stride = stride
        self.border = _border(border)

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, border={self.border}"


class PaddedMaxPool2d(_PaddedPool2d):
    """Largest value of each window, with any padding: padding is never the largest."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the pooled (N, C, H, W)."""
        padded = functional.pad(input, self.border, value=-math.inf)
        return functional.max_pool2d(padded, self.kernel_size, self.stride)


class PaddedAvgPool2d(_PaddedPool2d):
    """Mean of each window, with any padding, which is left out of the mean."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the pooled (N, C, H, W)."""
        # The mean over a window with its padding, divided by the share without padding: ONNX has
        # no sum pool.
        inside = torch.ones_like(input[:1, :1])
        means, shares = (
            functional.avg_pool2d(functional.pad(x, self.border), self.kernel_size, self.stride)
            for x in (input, inside)
        )
        return means / shares


def _befores(padding: Sequence[Border]) -> tuple[int, int]:
    (height, _), (width, _) = padding
    return height, width


def _border(padding: Sequence[Border]) -> list[int]:
    """Return paddings of height and width as `functional.pad` takes them: the last side first."""
    (top, bottom), (left, right) = padding
    return [left, right, top, bottom]
