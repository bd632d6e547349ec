"""Counting conventions: what counts as a multiply-add, and as a parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.conventions.peers import PEERS, Table
from archcalc.language.ops import PARAMETER_TERMS, WORK_TERMS, Operator, Shape, Terms, elements
from archcalc.language.ops.activation import Activation
from archcalc.language.ops.pool import Pool


@dataclass(frozen=True)
class Convention:
    """A counting convention. ``parameters`` names the terms that are summed as parameters.

    ``work`` weights the terms of every operator alike; a convention with a table of ``operators``
    weights each kind of operator by its row and ignores ``work``.
    """

    name: str
    about: str
    work: Mapping[str, int] = field(default_factory=dict)
    parameters: tuple[str, ...] = PARAMETER_TERMS
    operators: Table = field(default_factory=dict, repr=False)

    def weights(self, op: Operator) -> Mapping[str, int]:
        """Return how often each quantity of a layer counts: a term, or one of `peers`.

        Raises ArchcalcError for an operator that computes and is not in the table.
        """
        if not self.operators:
            return self.work
        kind = kind_of(op)
        if kind not in self.operators:
            raise ArchcalcError(
                f"convention {self.name}: it is not known what this tool counts for '{kind}' "
                f"(known: {', '.join(self.operators)})"
            )
        return self.operators[kind]

    def parts(
        self, op: Operator, inputs: Sequence[Shape], output: Shape, terms: Terms
    ) -> Iterator[tuple[Any, int]]:
        """Yield (number, weight) pairs that sum to one layer's multiply-adds, for one image.

        Raises as `weights` does.
        """
        if self.operators and not _works(terms):
            return
        for name, weight in self.weights(op).items():
            yield _quantity(name, inputs, output, terms), weight

    def madds(self, op: Operator, inputs: Sequence[Shape], output: Shape, terms: Terms) -> Any:
        """Return the multiply-adds of one layer for one image; raises as `weights` does."""
        return sum(number * weight for number, weight in self.parts(op, inputs, output, terms))

    @property
    def heaviest(self) -> int:
        """A bound: no layer's multiply-adds exceed this many times its largest quantity."""
        rows = self.operators.values() or [self.work]
        return max(sum(weight for weight in row.values() if weight > 0) for row in rows)

    def params(self, terms: Terms) -> Any:
        """Return the parameters of one layer."""
        return sum(getattr(terms, name) for name in self.parameters)


def kind_of(op: Operator) -> str:
    """Return the row of an operator in a peer's table: "conv", "relu6", "global avg_pool" …"""
    if isinstance(op, Activation):
        return op.kind
    if isinstance(op, Pool) and op.whole:
        return op.label
    return op.name


def _works(terms: Terms) -> bool:
    """Return whether an operator computes; one that only moves elements has no row."""
    return not terms.nonzero().keys().isdisjoint(WORK_TERMS)


def _quantity(name: str, inputs: Sequence[Shape], output: Shape, terms: Terms) -> Any:
    match name:
        case "input":
            return elements(inputs[0])
        case "output":
            return elements(output)
        case "pixels":
            _, height, width = output
            return height * width
        case _:
            return getattr(terms, name)


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
                "as fvcore prints: and 2 for each element normalised, 1 for each averaged "
                "globally, 4 for each interpolated",
                {**_PAPER, "norm": 2, "global_pool": 1, "resample": 4},
            ),
            Convention(
                "flopcounter",
                "as torch's FlopCounterMode prints, halved: convolutions and matrix products",
                _PAPER,
            ),
            *(Convention(name, peer.about, operators=peer.table) for name, peer in PEERS.items()),
        )
    }
)
"""Every convention by name: those of papers, and those that reproduce what other tools print."""


def convention_named(name: str | Convention) -> Convention:
    """Return a convention by its name; raises UnknownName, which lists the known ones."""
    if isinstance(name, Convention):
        return name
    if name not in CONVENTIONS:
        raise UnknownName("convention", name, CONVENTIONS)
    return CONVENTIONS[name]
