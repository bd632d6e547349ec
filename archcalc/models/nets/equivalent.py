"""Torch's layers as archcalc's operators, to count any module by the operators' rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archcalc.base.limits import KERNEL
from archcalc.language.ops import IntShape, Operator, Terms
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear
from archcalc.language.ops.norm import Norm
from archcalc.language.ops.pool import AvgPool

if TYPE_CHECKING:
    from torch import nn

Dims = Sequence[int]


def equivalent(module: nn.Module, given: Dims, made: Dims) -> tuple[str, Terms] | None:
    """Return the label and the terms of one call of a layer, for the whole batch.

    ``given`` and ``made``: the shapes of its input and output. Returns None for a layer that is
    not equivalent to an operator of archcalc.
    """
    from torch import nn
    from torch.nn.modules.batchnorm import _BatchNorm

    op: Operator
    if isinstance(module, nn.Conv2d) and max(module.kernel_size) <= KERNEL:
        op, images, shapes = _conv(module), _images(made), (_image(given), _image(made))
    elif isinstance(module, nn.Linear):
        op, images = Linear(bias=module.bias is not None), math.prod(made) // module.out_features
        shapes = (module.in_features, 1, 1), (module.out_features, 1, 1)
    elif isinstance(module, _BatchNorm):
        op, images = Norm(), made[0]
        shapes = ((made[1], math.prod(made[2:]), 1),) * 2
    elif isinstance(module, nn.AdaptiveAvgPool2d):
        op, images, shapes = AvgPool(whole=True), _images(made), (_image(given), _image(made))
    else:
        return None
    return op.label, op.terms([shapes[0]], shapes[1]).times(images)


def _conv(module: nn.Conv2d) -> Conv:
    height, width = module.kernel_size
    depthwise = 1 < module.groups == module.in_channels == module.out_channels
    return Conv(
        kernel=(height, width),
        groups=1 if depthwise else module.groups,
        depthwise=depthwise,
        bias=module.bias is not None,
    )


def _images(shape: Dims) -> int:
    """Return the images of a batch; a map of three dimensions is one image."""
    return shape[0] if len(shape) > 3 else 1


def _image(shape: Dims) -> IntShape:
    channels, height, width = shape[-3:]
    return channels, height, width
