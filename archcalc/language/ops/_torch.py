"""The torch modules of the operators.

Every tensor between two layers has the shape (batch, channels, height, width); a feature vector is
(batch, channels, 1, 1), as in the operators' shape rules. Paddings and factors are plain numbers
fixed when a layer is built, so that every layer pickles, runs on the meta device and passes through
`torch.fx`, `torch.export` and both ONNX exporters.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

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


class FlatLinear(nn.Linear):
    """A fully connected layer over all elements: (N, C, H, W) → (N, features, 1, 1)."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Flatten channel first, apply the layer and return a map of one pixel."""
        return torch.unflatten(super().forward(input.flatten(1)), 1, (-1, 1, 1))


def activation(kind: str) -> nn.Module:
    """Return an activation by its name in `ops.activation.ACTIVATIONS`; never in place."""
    return nn.LeakyReLU(LEAK) if kind == "leaky_relu" else _ACTIVATIONS[kind]()


class Sum(nn.Module):
    """Element-wise sum of two or more maps of one shape."""

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return the sum, in the order of the inputs."""
        first, *rest = inputs
        for other in rest:
            first = first + other
        return first


class Product(nn.Module):
    """Product of a map and a gate, of the same shape or (channels, 1, 1)."""

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

    The channels of one position in the block are adjacent, as in Darknet's reorg.
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
    """Each position's channels over their Euclidean norm, times a learned scale per channel."""

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
