"""Architecture search within a budget, Pareto fronts, variants of equal cost, per-stage widths.

Accuracies are published (claims of the specs) or interpolated between published ones, and marked
as such; costs are those of the grid, latencies are measured.

budget (limits) and accuracy (published_figures, regression) → searching (possible, choices) →
frontier (pareto), narrowed without a new search by narrow. equivalents (lines) and equal_cost
(plane): what costs the same. stage_search (evolve) → stage_front: widths of single stages.
compared, variants, accuracy_lines: tables and lines of published and usual variants.
"""

from archcalc.studies.budgets.accuracy import Family, family
from archcalc.studies.budgets.budget import Budget
from archcalc.studies.budgets.equivalents import EquivalentTable, equivalent
from archcalc.studies.budgets.frontier import Frontier
from archcalc.studies.budgets.narrow import timed, together, within
from archcalc.studies.budgets.pareto import non_dominated
from archcalc.studies.budgets.published_figures import (
    PrintedTime,
    Published,
    printed_times,
    published,
)
from archcalc.studies.budgets.searching import search
from archcalc.studies.budgets.stage_front import StageFront
from archcalc.studies.budgets.stage_search import stages
from archcalc.studies.budgets.variants import VariantTable, usual_variants

__all__ = [
    "Budget",
    "EquivalentTable",
    "Family",
    "Frontier",
    "PrintedTime",
    "Published",
    "StageFront",
    "VariantTable",
    "equivalent",
    "family",
    "non_dominated",
    "printed_times",
    "published",
    "search",
    "stages",
    "timed",
    "together",
    "usual_variants",
    "within",
]
