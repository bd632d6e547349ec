"""Named choices of terms: what counts as a multiply-add, and which parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from archcalc.errors import UnknownName
from archcalc.ops import PARAMETER_TERMS, Terms


@dataclass(frozen=True)
class Convention:
    """A way to count. ``work`` weighs the terms of `Terms`; ``parameters`` names those summed."""

    name: str
    about: str
    work: Mapping[str, int]
    parameters: tuple[str, ...] = PARAMETER_TERMS

    def madds(self, terms: Terms) -> Any:
        """Return the multiply-adds of one layer for one image."""
        return sum(getattr(terms, name) * weight for name, weight in self.work.items())

    def params(self, terms: Terms) -> Any:
        """Return the parameters of one layer."""
        return sum(getattr(terms, name) for name in self.parameters)


_PAPER = {"conv": 1, "linear": 1}

CONVENTIONS: Mapping[str, Convention] = MappingProxyType(
    {
        convention.name: convention
        for convention in (
            Convention(
                "paper",
                "multiply-adds of convolutions and fully connected layers; all learnable scalars",
                _PAPER,
            ),
            Convention(
                "paper:conv_only",
                "multiply-adds of convolutions alone; all learnable scalars",
                {"conv": 1},
            ),
            Convention(
                "paper:no_norm", "as paper; parameters without norms", _PAPER, ("weights", "biases")
            ),
            Convention(
                "paper:weights", "as paper; weights alone, no bias, no norm", _PAPER, ("weights",)
            ),
            Convention(
                "fvcore",
                "as fvcore prints: and 2 for each element normalised, 1 for each averaged globally",
                {**_PAPER, "norm": 2, "global_pool": 1},
            ),
            Convention(
                "flopcounter",
                "as torch's FlopCounterMode prints, halved: convolutions and matrix products",
                _PAPER,
            ),
        )
    }
)
"""Every convention by name. What the peers count was measured on 23 convolutional nets."""


def convention_named(name: str | Convention) -> Convention:
    """Return a convention by its name; raises UnknownName, which lists the known ones."""
    if isinstance(name, Convention):
        return name
    if name not in CONVENTIONS:
        raise UnknownName("convention", name, CONVENTIONS)
    return CONVENTIONS[name]
