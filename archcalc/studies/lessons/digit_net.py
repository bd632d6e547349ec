"""A small net trained on digits, and its held-out accuracy when weights are pruned.

Two dense layers in numpy, 64 pixels → 64 hidden units → 10 digits, trained on the first half of
the scans by Adam (Kingma and Ba 2015, arXiv:1412.6980) with decoupled weight decay; accuracies are
of the second half. There is no fine-tuning after pruning.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal, format_percent, percent
from archcalc.studies.lessons.arrays import Floats, frozen
from archcalc.studies.lessons.magnitude import prune_filters, prune_weights
from archcalc.studies.lessons.scans import digits

HIDDEN = 64
_STEPS, _RATE, _DECAY = 300, 0.01, 0.01
_DRAWS = 10
"""Random masks whose accuracies are averaged."""

RATIOS = tuple(format_decimal(hundredths / 100) for hundredths in range(0, 100, 5))
"""Prune ratios of `damage`."""


@dataclass(frozen=True, eq=False)
class TrainedNet:
    """The weights of both layers, and the held-out scans; arrays are read-only."""

    hidden: Floats
    """W₁, (units, 64): a row holds the weights of one unit."""
    hidden_bias: Floats
    output: Floats
    """W₂, (10, units)."""
    output_bias: Floats
    images: Floats
    """(N, 64), centred and scaled."""
    labels: npt.NDArray[np.int64]

    @property
    def madds(self) -> int:
        """Multiply-adds per image: one for each weight, zero or not."""
        return int(self.hidden.size + self.output.size)

    def accuracy(self) -> Fraction:
        """Return the held-out accuracy, from 0 to 1."""
        seen = np.maximum(self.images @ self.hidden.T + self.hidden_bias, 0)
        predicted = (seen @ self.output.T + self.output_bias).argmax(axis=1)
        return Fraction(int((predicted == self.labels).sum()), len(self.labels))

    def with_hidden(self, hidden: Floats) -> TrainedNet:
        """Return the net with other weights of the same shape in its first layer."""
        return replace(self, hidden=hidden)

    def keep_units(self, kept: npt.NDArray[np.bool_]) -> TrainedNet:
        """Return the net with only the ``kept`` hidden units: both layers are smaller."""
        return replace(
            self,
            hidden=self.hidden[kept],
            hidden_bias=self.hidden_bias[kept],
            output=self.output[:, kept],
        )


@dataclass(frozen=True)
class Damage(Table):
    """Held-out accuracy against the prune ratio of the first layer, without fine-tuning.

    A record has the ``ratio``, and accuracies in percent with pruned ``weights`` (smallest
    magnitudes), ``random`` weights (mean of several draws) and ``units`` (smallest L1 norms).
    ``madds`` are those of the net without the units.
    """

    rows: tuple[Record, ...]
    images: int

    @property
    def title(self) -> str:
        return "digits, 64 → 64 → 10 · the first layer pruned by magnitude"

    def records(self) -> list[Record]:
        return list(self.rows)

    def summary(self) -> Sequence[str]:
        """Return the accuracy of the unpruned net."""
        whole = self.rows[0]
        return [f"whole: {format_percent(whole['weights'], 1)} of {self.images} unseen scans"]


@lru_cache(maxsize=4)
def trained(seed: int = 0) -> TrainedNet:
    """Return the net trained from a seed's weights, deterministically, within a second.

    Raises MissingPackage without scikit-learn.
    """
    scans, labels = digits()
    half = len(scans) // 2 + 1
    images = scans.reshape(len(scans), -1)
    images = (images - images[:half].mean()) / images[:half].std()
    with _one_thread():
        layers = _trained(images[:half], labels[:half], np.random.default_rng(seed))
    hidden, hidden_bias, output, output_bias = map(frozen, layers)
    unseen = frozen(images[half:]), frozen(labels[half:])
    return TrainedNet(hidden, hidden_bias, output, output_bias, *unseen)


@lru_cache(maxsize=4)
def damage(seed: int = 0) -> Damage:
    """Return the accuracies of the net of `trained` at each of `RATIOS`; raises as `trained`."""
    net, draw = trained(seed), np.random.default_rng(seed)
    with _one_thread():
        rows = tuple(_row(net, ratio, draw) for ratio in RATIOS)
    return Damage(rows, len(net.labels))


def _row(net: TrainedNet, ratio: str, draw: np.random.Generator) -> Record:
    smallest = prune_weights(net.hidden, ratio=ratio)
    units = net.keep_units(prune_filters(net.hidden, ratio=ratio).kept)
    cut = int(smallest.kept.size - smallest.kept.sum())
    by_chance = []
    for _ in range(_DRAWS):
        mask = np.ones(net.hidden.size, dtype=bool)
        mask[draw.permutation(mask.size)[:cut]] = False
        masked = np.where(mask.reshape(net.hidden.shape), net.hidden, 0.0)
        by_chance.append(net.with_hidden(masked).accuracy())
    return {
        "ratio": float(ratio),
        "zeros": cut,
        "weights": percent(net.with_hidden(smallest.masked).accuracy(), 1, 4),
        "random": percent(sum(by_chance, Fraction(0)), _DRAWS, 4),
        "units": percent(units.accuracy(), 1, 4),
        "madds": units.madds,
    }


def _trained(images: Floats, labels: Any, draw: np.random.Generator) -> list[Floats]:
    """Return W₁, b₁, W₂, b₂ after a fixed number of full-batch steps."""
    pixels, classes = images.shape[1], int(labels.max()) + 1
    # He et al. 2015: this keeps the variance of activations after a ReLU
    layers: list[Floats] = [
        draw.normal(0, np.sqrt(2 / pixels), (HIDDEN, pixels)),
        np.zeros(HIDDEN),
        draw.normal(0, np.sqrt(2 / HIDDEN), (classes, HIDDEN)),
        np.zeros(classes),
    ]
    means = [np.zeros_like(layer) for layer in layers]
    squares = [np.zeros_like(layer) for layer in layers]
    wanted = np.eye(classes)[labels]
    for step in range(1, _STEPS + 1):
        for index, gradient in enumerate(_gradients(images, wanted, layers)):
            means[index] += 0.1 * (gradient - means[index])
            squares[index] += 0.001 * (gradient**2 - squares[index])
            if gradient.ndim == 2:
                layers[index] *= 1 - _RATE * _DECAY
            deviation = np.sqrt(squares[index] / (1 - 0.999**step)) + 1e-8
            layers[index] -= _RATE * means[index] / (1 - 0.9**step) / deviation
    return layers


def _gradients(images: Floats, wanted: Floats, layers: Sequence[Floats]) -> list[Floats]:
    """Return the gradients of the mean cross-entropy by each layer."""
    hidden, hidden_bias, output, output_bias = layers
    seen = np.maximum(images @ hidden.T + hidden_bias, 0)
    scores = seen @ output.T + output_bias
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(axis=1, keepdims=True)
    error = (shares - wanted) / len(images)
    hidden_error = (error @ output) * (seen > 0)
    return [hidden_error.T @ images, hidden_error.sum(0), error.T @ seen, error.sum(0)]


def _one_thread() -> AbstractContextManager[Any]:
    """Limit numpy to one thread, which is faster for arrays this small."""
    try:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    except ImportError:
        return nullcontext()
    return threadpool_limits(1)  # type: ignore[no-any-return]
