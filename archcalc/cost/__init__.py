"""Costs of a net: terms chosen by a named convention, memory, claims of papers, differences."""

from archcalc.cost.claims import ClaimResult, ClaimTable, check
from archcalc.cost.convention import CONVENTIONS, Convention, convention_named
from archcalc.cost.diff import DiffTable, diff
from archcalc.cost.explain import Explanation, explain
from archcalc.cost.table import CostTable, GroupedTable, count

__all__ = [
    "CONVENTIONS",
    "ClaimResult",
    "ClaimTable",
    "Convention",
    "CostTable",
    "DiffTable",
    "Explanation",
    "GroupedTable",
    "check",
    "convention_named",
    "count",
    "diff",
    "explain",
]
