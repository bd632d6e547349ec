"""The torch modules of the operators.

Every tensor between two layers has the shape (batch, channels, height, width); a feature vector is
(batch, channels, 1, 1), as in the operators' shape rules. Paddings and factors are plain numbers
that are fixed when a layer is built, so that every layer pickles, runs on the meta device and goes
through `torch.fx`, `torch.export` and both ONNX exporters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

Border = tuple[int, int]
"""Pixels to add (before, after) along a side."""

LEAK = 0.1
"""Slope of the leaky ReLU below zero, as in Darknet."""

_ACTIVATIONS: dict[str, type[nn.Module]] = {
    "relu": nn.ReLU,
    "relu6": nn.ReLU6,
    "sigmoid": nn.Sigmoid,
    "swish": nn.SiLU,
    "hard_sigmoid": nn.Hardsigmoid,
    "hard_swish": nn.Hardswish,
    "tanh": nn.Tanh,
}


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

    It is torch's own class where both sides are padded alike.
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
    """A convolution that pads its sides unlike: TensorFlow's padding, or an even kernel."""

    def __init__(self, *args: Any, border: Sequence[Border], **options: Any) -> None:
        super().__init__(*args, **options)
        self.border = _border(border)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the convolution of the padded (N, C, H, W)."""
        return super().forward(functional.pad(input, self.border))

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, border={self.border}"  # type: ignore[no-untyped-call]


class FlatLinear(nn.Linear):
    """A fully connected layer over all elements: (N, C, H, W) → (N, features, 1, 1)."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Flatten channel first, apply the layer and return a map of one pixel."""
        return torch.unflatten(super().forward(input.flatten(1)), 1, (-1, 1, 1))


def batch_norm(channels: int) -> nn.BatchNorm2d:
    """Return a batch normalisation with torch's default ε and momentum."""
    return nn.BatchNorm2d(channels)


def activation(kind: str) -> nn.Module:
    """Return an activation by its name in `ops.activation.KINDS`; never in place."""
    return nn.LeakyReLU(LEAK) if kind == "leaky_relu" else _ACTIVATIONS[kind]()


def softmax() -> nn.Module:
    """Return softmax over channels."""
    return nn.Softmax(dim=1)


def global_pool(*, average: bool) -> nn.Module:
    """Return the mean or the largest value of every whole map, as a map of one pixel."""
    return nn.AdaptiveAvgPool2d(1) if average else nn.AdaptiveMaxPool2d(1)


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

    It is torch's own class where that can give ``windows``: with both sides padded alike, by half
    a kernel at most. A mean leaves the padding out.
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
    """Return how many windows torch's own pools place along a side."""
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
        # The mean over a window with its padding, divided by the share of the window that is no
        # padding: ONNX has no pool that sums.
        inside = torch.ones_like(input[:1, :1])
        means, shares = (
            functional.avg_pool2d(functional.pad(x, self.border), self.kernel_size, self.stride)
            for x in (input, inside)
        )
        return means / shares


class Sum(nn.Module):
    """Element-wise sum of two or more maps of one shape."""

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return the sum, in the order of the inputs."""
        first, *rest = inputs
        for other in rest:
            first = first + other
        return first


class Product(nn.Module):
    """Product of a map and a gate of the same shape, or of one value a channel."""

    def forward(self, input: Tensor, gate: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the gated (N, C, H, W)."""
        return input * gate


class Concatenate(nn.Module):
    """The channels of several maps of one size, one after another."""

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return (N, sum of channels, H, W)."""
        return torch.cat(inputs, 1)


class SpaceToDepth(nn.Module):
    """Blocks of pixels as channels: (N, C, H, W) → (N, C · block², H / block, W / block).

    The channels of one place in the block follow one another, as Darknet's reorg means them.
    """

    def __init__(self, block: int) -> None:
        super().__init__()
        self.block = block

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the stacked maps."""
        places = [
            input[:, :, row :: self.block, column :: self.block]
            for row in range(self.block)
            for column in range(self.block)
        ]
        return torch.cat(places, 1)

    def extra_repr(self) -> str:
        return f"block={self.block}"


class ChannelL2Norm(nn.Module):
    """Every position's channels over their Euclidean norm, times a learned scale a channel."""

    def __init__(self, channels: int, scale: float = 20.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels,), scale))

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the normalised (N, C, H, W)."""
        return functional.normalize(input, dim=1) * self.weight.view(1, -1, 1, 1)

    def extra_repr(self) -> str:
        return f"{len(self.weight)}"


class ChannelShuffle(nn.Module):
    """Interleave the channels of ``groups`` groups."""

    # torch.nn.ChannelShuffle has no ONNX operator.
    def __init__(self, groups: int) -> None:
        super().__init__()
        self.groups = groups

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the (N, C, H, W) with channel g · C/groups + i at i · groups + g."""
        return torch.unflatten(input, 1, (self.groups, -1)).transpose(1, 2).flatten(1, 2)

    def extra_repr(self) -> str:
        return f"groups={self.groups}"


class Shift(nn.Module):
    """The map moved up and left by some pixels; zeros come in below and on the right."""

    def __init__(self, pixels: int) -> None:
        super().__init__()
        self.pixels = pixels

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the shifted (N, C, H, W)."""
        padded = functional.pad(input, [0, self.pixels, 0, self.pixels])
        return padded[:, :, self.pixels :, self.pixels :]

    def extra_repr(self) -> str:
        return f"pixels={self.pixels}"


def channel_shuffle(groups: int) -> nn.Module:
    """Return ShuffleNet's shuffle over ``groups`` groups of channels."""
    return ChannelShuffle(groups)


class Repeat(nn.Module):
    """Every image ``times`` times in a row: (N, C, H, W) → (N · times, C, H, W).

    Stands before a part of the net that runs several times for one image.
    """

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the repeated images."""
        return input.unsqueeze(1).expand(-1, self.times, -1, -1, -1).flatten(0, 1)

    def extra_repr(self) -> str:
        return f"times={self.times}"


class RoiCrops(nn.Module):
    """The regions of fixed proposals, cut out of every map and resized to one size.

    (N, C, H, W) → (N · proposals, C, height, width), bilinearly. The proposals stand in for those
    that a region proposal network would choose: where they lie does not change what the layers
    behind cost. ``grid`` says where the crops are read; `crop_grid` makes it for other boxes.
    """

    grid: Tensor

    def __init__(self, kernel: tuple[int, int], proposals: int) -> None:
        super().__init__()
        self.kernel_size = kernel
        self.proposals = proposals
        # all crops of an image stand below one another in one grid: the map is not repeated
        grid = crop_grid(spread_boxes(proposals), kernel)
        self.register_buffer("grid", grid, persistent=False)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the crops, all of the first image first."""
        grid = self.grid.to(input.dtype).expand(input.shape[0], -1, -1, -1)
        crops = functional.grid_sample(input, grid, align_corners=False)
        crops = torch.unflatten(crops, 2, (self.proposals, self.kernel_size[0]))
        return crops.transpose(1, 2).flatten(0, 1)

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, proposals={self.proposals}"


def spread_boxes(count: int) -> Tensor:
    """Return (count, 4): boxes of sides 1/8 to 1 that cover a map evenly, the same every time.

    Top, left, bottom, right as shares of the map. A Kronecker sequence of irrational steps: no
    generator, so the same on every device.
    """
    steps = torch.tensor([[math.sqrt(prime) % 1 for prime in (2, 3, 5, 7)]], dtype=torch.float64)
    shares = torch.arange(1, count + 1, dtype=torch.float64).unsqueeze(1) * steps % 1
    sides = 0.125 + 0.875 * shares[:, :2]
    starts = (1 - sides) * shares[:, 2:]
    return torch.cat((starts, starts + sides), 1)


def crop_grid(boxes: Tensor, kernel: tuple[int, int]) -> Tensor:
    """Return where `grid_sample` reads the crops of ``boxes``: (1, boxes · height, width, 2)."""
    (height, width), (top, left, bottom, right) = kernel, boxes.unbind(1)
    ys, xs = _centres(top, bottom, height), _centres(left, right, width)
    places = (xs.unsqueeze(1).expand(-1, height, -1), ys.unsqueeze(2).expand(-1, -1, width))
    return torch.stack(places, 3).flatten(0, 1).unsqueeze(0).float()


def _centres(start: Tensor, end: Tensor, count: int) -> Tensor:
    """Return the centres of ``count`` equal parts from ``start`` to ``end``, as in [-1, 1]."""
    steps = (torch.arange(count, dtype=start.dtype, device=start.device) + 0.5) / count
    return 2 * (start.unsqueeze(1) + (end - start).unsqueeze(1) * steps) - 1


def flatten() -> nn.Module:
    """Return the step from a map of one pixel to a vector: (N, C, 1, 1) → (N, C)."""
    return nn.Flatten(1)


def _befores(padding: Sequence[Border]) -> tuple[int, int]:
    (height, _), (width, _) = padding
    return height, width


def _border(padding: Sequence[Border]) -> list[int]:
    """Return paddings of height and width as `functional.pad` takes them: the last side first."""
    (top, bottom), (left, right) = padding
    return [left, right, top, bottom]
