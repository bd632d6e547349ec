"""The cost of an operator as a record of terms; a convention chooses among them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from archcalc.base.number import Number


@dataclass(frozen=True, slots=True)
class Terms:
    """The cost of one operator for one image; every term is a count.

    The first group is work, in multiply-adds or operations on elements; the second group is
    learnable scalars. Running statistics of norms are not learnable and never counted.
    """

    conv: Number = 0
    """Multiply-adds with convolution weights."""
    linear: Number = 0
    """Multiply-adds with the weights of fully connected layers."""
    bias: Number = 0
    """Additions of a bias: output elements of a layer that has one."""
    norm: Number = 0
    """Elements normalised."""
    activation: Number = 0
    """Elements passed through an activation."""
    pool: Number = 0
    """Output elements of windowed pooling; input elements of a global maximum."""
    global_pool: Number = 0
    """Input elements of global average pooling."""
    add: Number = 0
    """Additions of feature maps: output elements for each further input."""
    multiply: Number = 0
    """Products of feature maps, as squeeze-and-excite's scaling: output elements."""
    softmax: Number = 0
    """Elements passed through softmax."""
    resample: Number = 0
    """Elements interpolated between pixels, as the crops of proposals are."""

    weights: Number = 0
    """Weights of convolutions and fully connected layers."""
    biases: Number = 0
    """Their biases."""
    norm_params: Number = 0
    """Scales and shifts of norms (γ and β)."""

    def nonzero(self) -> dict[str, Any]:
        """Return the terms that are not the int 0, by name."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if not _is_zero(value)}

    def times(self, number: int) -> Terms:
        """Return the cost of ``number`` runs, as if each had weights of its own."""
        return Terms(**{name: value * number for name, value in self.nonzero().items()})


PARAMETER_TERMS = ("weights", "biases", "norm_params")
WORK_TERMS = tuple(f.name for f in fields(Terms) if f.name not in PARAMETER_TERMS)


def _is_zero(value: Any) -> bool:
    return isinstance(value, int) and value == 0
