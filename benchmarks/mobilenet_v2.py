"""MobileNetV2 as a user of the peers writes it: a plain torch module, by width multiplier."""

from __future__ import annotations

import torch
from torch import nn

BLOCKS = (
    # t, c, n, s: the paper's table 2
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
)  # fmt: skip


def make_divisible(channels: float, divisor: int = 8) -> int:
    """Return the authors' rounding of a scaled width."""
    rounded = max(divisor, int(channels + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * channels else rounded


def unit(
    inputs: int, outputs: int, kernel: int, stride: int = 1, *, groups: int = 1, act: bool = True
) -> nn.Module:
    """Return convolution, norm and, where asked for, activation."""
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    layers = [conv, nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, nn.ReLU6(inplace=True)) if act else nn.Sequential(*layers)


class InvertedResidual(nn.Module):
    """Expand, filter depthwise, project; add where input and output have one shape."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        inner = inputs * expansion
        expand = [unit(inputs, inner, 1)] if expansion != 1 else []
        self.layers = nn.Sequential(
            *expand,
            unit(inner, inner, 3, stride, groups=inner),
            unit(inner, outputs, 1, act=False),
        )
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Run the block."""
        y: torch.Tensor = self.layers(x)
        return x + y if self.adds else y


class MobileNetV2(nn.Module):
    """The whole net, with torch's default initialisation."""

    def __init__(self, width: float, classes: int = 1000) -> None:
        super().__init__()
        channels = make_divisible(32 * width)
        layers = [unit(3, channels, 3, 2)]
        for expansion, base, repeats, stride in BLOCKS:
            for index in range(repeats):
                made = make_divisible(base * width)
                step = stride if index == 0 else 1
                layers.append(InvertedResidual(channels, made, step, expansion))
                channels = made
        last = make_divisible(1280 * max(1.0, width))
        layers.append(unit(channels, last, 1))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(last, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores of each class."""
        scores: torch.Tensor = self.classifier(self.features(x).mean((2, 3)))
        return scores
