"""Compares the outputs of a runtime with those of torch eager."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archcalc.models.nets.observe import tensors

if TYPE_CHECKING:
    import torch


def relative_error(found: object, expected: object) -> float | None:
    """Return the largest difference between two outputs / the largest value of ``expected``.

    Outputs are tensors, or mappings and sequences of them. None where they hold different tensors
    or non-finite values.
    """
    ours, theirs = list(tensors(found)), list(tensors(expected))
    if [tensor.shape for tensor in ours] != [tensor.shape for tensor in theirs]:
        return None
    difference = size = 0.0
    for our, their in zip(ours, theirs, strict=True):
        if their.numel():
            their_values = _comparable(their)
            gap = float((_comparable(our) - their_values).abs().max())
            largest = float(their_values.abs().max())
            if not math.isfinite(gap) or not math.isfinite(largest):
                return None
            difference, size = max(difference, gap), max(size, largest)
    if difference == 0:
        return 0.0
    return difference / size if size else None


def _comparable(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor precise enough for differences, also of integers and half floats."""
    tensor = tensor.detach().cpu()
    return tensor if tensor.is_complex() else tensor.double()
