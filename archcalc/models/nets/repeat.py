"""The step before layers that run several times for one image."""

from __future__ import annotations

from torch import Tensor, nn


class Repeat(nn.Module):
    """Every image ``times`` times in a row: (N, C, H, W) → (N · times, C, H, W).

    It comes before a part of the net that runs several times for one image.
    """

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  # torch's name
        """Return the repeated images."""
        return input.unsqueeze(1).expand(-1, self.times, -1, -1, -1).flatten(0, 1)

    def extra_repr(self) -> str:
        return f"times={self.times}"
