"""The numbers of the lesson pages: each function returns a small, frozen result.

Costs follow from the operators' rules; values are computed by numpy, and the tests compare them
with torch. The latency of activations is measured by `archcalc.models.latency.measure_activations`.
"""

from archcalc.studies.lessons.curve_facts import Facts, activation_facts, worst_gap
from archcalc.studies.lessons.curves import ActivationTable, activations, evaluate
from archcalc.studies.lessons.digit_net import damage, trained
from archcalc.studies.lessons.functions import FUNCTIONS
from archcalc.studies.lessons.magnitude import (
    EXAMPLE_SCALES,
    EXAMPLE_WEIGHTS,
    PrunedArray,
    histogram,
    prune_filters,
    prune_scales,
    prune_weights,
)
from archcalc.studies.lessons.relu_manifold import (
    DECODERS,
    ManifoldDraw,
    ManifoldStudy,
    embed,
    manifold_study,
    spiral,
)
from archcalc.studies.lessons.scans import digit, digits
from archcalc.studies.lessons.se_in_graph import se_blocks
from archcalc.studies.lessons.se_values import SqueezeExciteRun, Weights, excite, squeeze_excite
from archcalc.studies.lessons.separable import SeparableComparison, compare_separable
from archcalc.studies.lessons.separable_sweep import SeparableSweep, sweep_separable

__all__ = [
    "DECODERS",
    "EXAMPLE_SCALES",
    "EXAMPLE_WEIGHTS",
    "FUNCTIONS",
    "ActivationTable",
    "Facts",
    "ManifoldDraw",
    "ManifoldStudy",
    "PrunedArray",
    "SeparableComparison",
    "SeparableSweep",
    "SqueezeExciteRun",
    "Weights",
    "activation_facts",
    "activations",
    "compare_separable",
    "damage",
    "digit",
    "digits",
    "embed",
    "evaluate",
    "excite",
    "histogram",
    "manifold_study",
    "prune_filters",
    "prune_scales",
    "prune_weights",
    "se_blocks",
    "spiral",
    "squeeze_excite",
    "sweep_separable",
    "trained",
    "worst_gap",
]
