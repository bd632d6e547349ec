"""Activations: which are shown, their curves, and the tensor that they are timed on."""

from __future__ import annotations

from functools import lru_cache
from math import prod

from archcalc import CostTable
from archcalc.language.ops.activation import Activation
from archcalc.models.latency.request import ActivationRequest
from archcalc.output.charts.lessons import activation_curves
from archcalc.output.charts.picture import Picture
from archcalc.studies.lessons import FUNCTIONS, ActivationTable, activations
from dashboard.shell.fields import choice_field, names_field, number_field, one_of

BETAS = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
_FIRST = ("relu", "relu6", "swish", "hard_swish")
_STEPS, _LOW, _HIGH = 513, -8.0, 8.0


ACTIVATIONS = names_field("act", one_of("activation", FUNCTIONS), _FIRST, empty=True)
BETA = number_field("act_beta", 1.0, BETAS[0], BETAS[-1])
SHOWN = choice_field("act_of", ("value", "derivative"))

FIELDS = (ACTIVATIONS, BETA, SHOWN)


@lru_cache(maxsize=64)
def table_of(kinds: tuple[str, ...], beta: float) -> ActivationTable:
    """Return the curves of some activations; raises ArchcalcError for none."""
    return activations(kinds, low=_LOW, high=_HIGH, points=_STEPS, beta=beta)


def picture(table: ActivationTable, shown: str) -> Picture:
    """Return the curves, or those of the derivatives."""
    return activation_curves(table, derivative=shown == "derivative")


def request_of(cost: CostTable) -> ActivationRequest | None:
    """Return the timing of every activation on the largest map that a net applies one to.

    None for a net without any.
    """
    maps = [
        tuple(map(int, layer.output))
        for layer in cost.layers
        if isinstance(layer.node.op, Activation)
    ]
    if not maps:
        return None
    return ActivationRequest((1, *max(maps, key=prod)))


def size_words(request: ActivationRequest) -> str:
    """Write the tensor as papers do: "112 × 112 × 96"."""
    _, channels, *sides = request.shape
    return " × ".join(map(str, [*sides, channels]))
