"""Weights to start from, and norm statistics to compare outputs with."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archcalc.base.errors import ArchcalcError

if TYPE_CHECKING:
    import torch
    from torch import nn


def initialise(module: nn.Module) -> None:
    """Draw the weights of a convolution or linear layer from torch's CPU generator, in place.

    Convolutions: normal with deviation √(2 / fan-out) (He et al. 2015); linear layers: normal
    with deviation 0.01; biases 0. Any other module stays as its class has made it.
    """
    import torch
    from torch import nn

    if isinstance(module, nn.Conv2d):
        # The outputs that one input reaches: a depthwise filter reaches one channel, not all
        # (torch's own fan-out would make depthwise signals fade with the width).
        fan_out = math.prod(module.kernel_size) * module.out_channels // module.groups
        deviation = math.sqrt(2 / fan_out)
    elif isinstance(module, nn.Linear):
        deviation = 0.01
    else:
        return
    with torch.no_grad():
        module.weight.normal_(0, deviation)
        if module.bias is not None:
            module.bias.zero_()


def random_input(
    module: nn.Module, input_shape: Sequence[int], *, batch: int = 1, seed: int = 0
) -> torch.Tensor:
    """Return normal noise (batch, *input_shape) in the module's dtype and on its device.

    The same ``seed`` gives the same noise; torch's global random state is not touched.
    """
    import torch

    like = next(module.parameters(), torch.empty(0))
    noise = torch.randn(
        (batch, *input_shape),
        generator=torch.Generator().manual_seed(seed),
        dtype=torch.float32,
        device="cpu",
    )
    return noise.to(like)


def calibrate_norms(
    module: nn.Module,
    input_shape: Sequence[int],
    *,
    batches: int = 1,
    batch: int = 8,
    seed: int = 0,
) -> None:
    """Set the running statistics of every batch norm to those of ``batches`` of noise, in place.

    A fresh net's statistics (mean 0, variance 1) are not those of its activations, which fade to
    nothing over many layers: in eval mode any two such nets seem to agree. ``input_shape`` is
    (channels, height, width); ``batch`` images go into one pass. Nothing else changes: weights,
    modes, momenta and torch's global random state are as before.

    Raises ArchcalcError where a norm meets one value a channel only (``batch=1`` after a global
    pool).
    """
    import torch

    with _collecting(module), torch.no_grad():
        for index in range(batches):
            try:
                module(random_input(module, input_shape, batch=batch, seed=seed + index))
            except ValueError as error:
                raise ArchcalcError(f"norms cannot be calibrated: {error}") from error


@contextmanager
def _collecting(module: nn.Module) -> Iterator[None]:
    """Let the batch norms, and nothing else, gather plain averages as if in training."""
    from torch.nn.modules.batchnorm import _BatchNorm

    modes = [(part, part.training) for part in module.modules()]
    norms = [part for part in module.modules() if isinstance(part, _BatchNorm)]
    momenta = [norm.momentum for norm in norms]
    try:
        module.eval()
        for norm in norms:
            norm.train()
            norm.reset_running_stats()
            norm.momentum = None  # the average over all passes
        yield
    finally:
        for norm, momentum in zip(norms, momenta, strict=True):
            norm.momentum = momentum
        for part, mode in modes:
            part.training = mode
