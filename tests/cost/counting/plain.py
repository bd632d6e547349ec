"""A net as its users would write it: torch's own classes alone, for tools that know no others.

archcalc's layers subclass torch's (`FlatLinear`, `PaddedConv2d` …). Most tools know a module by
its exact type, so each is replaced by torch's own class with the steps around it that cost nothing.
"""

from __future__ import annotations

import itertools
from typing import Any

import torch
from torch import nn

from archcalc.language.ops._torch import FlatLinear
from archcalc.language.ops._torch_windows import PaddedAvgPool2d, PaddedConv2d, PaddedMaxPool2d


def plain(module: nn.Module) -> nn.Module:
    """Replace the layers of ``module``, in place, and return it."""
    for name, child in module.named_children():
        setattr(module, name, plain(own(child)))
    return module


def own(layer: nn.Module) -> nn.Module:
    """Return a layer made of torch's own classes, of the same size and output shape."""
    if isinstance(layer, FlatLinear):
        linear = nn.Linear(layer.in_features, layer.out_features, bias=layer.bias is not None)
        return nn.Sequential(nn.Flatten(1), linear, nn.Unflatten(1, (-1, 1, 1)))
    if isinstance(layer, PaddedConv2d):
        options: dict[str, Any] = {
            name: getattr(layer, name) for name in ("stride", "dilation", "groups")
        }
        conv = nn.Conv2d(
            layer.in_channels,
            layer.out_channels,
            layer.kernel_size,
            bias=layer.bias is not None,
            **options,
        )
        return nn.Sequential(nn.ZeroPad2d(layer.border), conv)
    if isinstance(layer, PaddedAvgPool2d | PaddedMaxPool2d):
        return PlainPool(layer)
    return layer


class PlainPool(nn.Module):
    """torch's own pool in place of one that pads its sides unlike; equal in shape, not in value.

    Tools count elements, and a pool's are those of its input and its output.
    """

    def __init__(self, layer: PaddedAvgPool2d | PaddedMaxPool2d) -> None:
        super().__init__()
        self.layer = [layer]  # in a list, so that no tool finds it among the children
        self.pool: nn.Module = nn.Identity()

    def fit(self, x: torch.Tensor) -> None:
        """Choose the pool that gives the sizes of the layer on ``x``; raise where none does."""
        (layer,) = self.layer
        cls = nn.AvgPool2d if isinstance(layer, PaddedAvgPool2d) else nn.MaxPool2d
        made = layer(x).shape
        tall, wide = (range(side // 2 + 1) for side in layer.kernel_size)
        for high, broad, ceil in itertools.product(tall, wide, (False, True)):
            pool = cls(layer.kernel_size, layer.stride, (high, broad), ceil_mode=ceil)
            try:
                if pool(x).shape == made:
                    break
            except RuntimeError:  # a window larger than the padded map
                continue
        else:
            raise LookupError(f"torch has no pool of {layer} for {tuple(x.shape)}")
        self.pool = pool

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if isinstance(self.pool, nn.Identity):
            self.fit(x)
        return self.pool(x)
