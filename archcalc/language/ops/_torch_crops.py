"""The torch module of region pooling: crops of fixed proposals."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class RoiCrops(nn.Module):
    """The regions of fixed proposals, cut out of every map and resized to one size.

    (N, C, H, W) → (N · proposals, C, height, width), bilinearly. The proposals replace those of
    a region proposal network: their positions do not change the cost of later layers. ``grid``
    holds the sampling positions; `crop_grid` makes it for other boxes.
    """

    grid: Tensor

    def __init__(self, kernel: tuple[int, int], proposals: int) -> None:
        super().__init__()
        self.kernel_size = kernel
        self.proposals = proposals
        # the crops of an image follow one another in one grid: the map is not repeated
        grid = crop_grid(uniform_boxes(proposals), kernel)
        self.register_buffer("grid", grid, persistent=False)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the crops, all of the first image first."""
        grid = self.grid.to(input.dtype).expand(input.shape[0], -1, -1, -1)
        crops = functional.grid_sample(input, grid, align_corners=False)
        crops = torch.unflatten(crops, 2, (self.proposals, self.kernel_size[0]))
        return crops.transpose(1, 2).flatten(0, 1)

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, proposals={self.proposals}"


def uniform_boxes(count: int) -> Tensor:
    """Return (count, 4): boxes of sides 1/8 to 1, evenly distributed over a map.

    Top, left, bottom, right as shares of the map. A Kronecker sequence of irrational steps
    needs no random generator, so the boxes are the same on every device.
    """
    steps = torch.tensor([[math.sqrt(prime) % 1 for prime in (2, 3, 5, 7)]], dtype=torch.float64)
    shares = torch.arange(1, count + 1, dtype=torch.float64).unsqueeze(1) * steps % 1
    sides = 0.125 + 0.875 * shares[:, :2]
    starts = (1 - sides) * shares[:, 2:]
    return torch.cat((starts, starts + sides), 1)


def crop_grid(boxes: Tensor, kernel: tuple[int, int]) -> Tensor:
    """Return the `grid_sample` positions of the crops: (1, boxes · height, width, 2)."""
    (height, width), (top, left, bottom, right) = kernel, boxes.unbind(1)
    ys, xs = _centres(top, bottom, height), _centres(left, right, width)
    places = (xs.unsqueeze(1).expand(-1, height, -1), ys.unsqueeze(2).expand(-1, -1, width))
    return torch.stack(places, 3).flatten(0, 1).unsqueeze(0).float()


def _centres(start: Tensor, end: Tensor, count: int) -> Tensor:
    """Return the centres of ``count`` equal parts from ``start`` to ``end``, as in [-1, 1]."""
    steps = (torch.arange(count, dtype=start.dtype, device=start.device) + 0.5) / count
    return 2 * (start.unsqueeze(1) + (end - start).unsqueeze(1) * steps) - 1
