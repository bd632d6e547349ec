"""A second count of a net, written from the papers and sharing no rule with archcalc's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from archcalc import build, count

Cut = Callable[[int], int]


class Layer(NamedTuple):
    """What one convolution or fully connected layer costs."""

    madds: int
    weights: int
    biases: int


@dataclass
class Walk:
    """A feature map on its way through a net."""

    side: int
    channels: int = 3
    layers: list[Layer] = field(default_factory=list)
    norms: int = 0

    def conv(self, kernel, out, stride=1, *, depthwise=False, groups=1, norm=True) -> None:
        """Convolve with a padding that gives ⌈side / stride⌉; a bias only where no norm is."""
        self.side = -(-self.side // stride)
        weights = kernel * kernel * out * (1 if depthwise else self.channels // groups)
        self.layers.append(Layer(weights * self.side**2, weights, 0 if norm else out))
        self.norms += 2 * out if norm else 0
        self.channels = out

    def depthwise(self, kernel, stride=1) -> None:
        self.conv(kernel, self.channels, stride, depthwise=True)

    def linear(self, out) -> None:
        weights = self.channels * self.side**2 * out
        self.layers.append(Layer(weights, weights, out))
        self.channels, self.side = out, 1

    @property
    def madds(self) -> int:
        return sum(layer.madds for layer in self.layers)

    @property
    def params(self) -> int:
        return self.norms + sum(layer.weights + layer.biases for layer in self.layers)


def uncut(channels: int) -> int:
    return channels


def cut_by(ratio: str) -> Cut:
    """Keep the multiple of 8 that is nearest to C (1 − ratio), halves up; at least 8, at most C."""

    def cut(channels: int) -> int:
        left = channels * (1 - Fraction(ratio))
        return min(channels, max(8, int((left + 4) // 8) * 8))

    return cut


def divisible(value: Fraction) -> int:
    """Round as the authors' ``_make_divisible(value, 8)`` does, in exact numbers."""
    rounded = max(8, int(value + 4) // 8 * 8)
    return rounded + 8 if rounded < Fraction(9, 10) * value else rounded


def assert_same(name: str, walk: Walk, **variant) -> None:
    """Compare with ``walk``: every layer with weights, in order, and the totals."""
    table = count(build(name, **variant))
    ours = [
        Layer(layer.madds, layer.terms.weights, layer.terms.biases)
        for layer in table.layers
        if layer.terms.weights
    ]
    assert ours == walk.layers
    assert (table.madds, table.params) == (walk.madds, walk.params)
