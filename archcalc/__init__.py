"""Exact costs of convolutional networks, from the table printed in the paper.

    Spec ──expand──▶ Graph × Variant ──┬─ count ────▶ CostTable ───────▶ formats
     ▲  the paper's rows    (= Net)    ├─ to_torch ─▶ nn.Module ─ measure ─▶ LatencyTable
     └── zoo or a YAML file            └─ crosscheck ─▶ ours · fvcore · FlopCounterMode

`load` a spec, `build` a net of it, then `count`, `to_torch`, `measure` or `crosscheck` the net;
`check` compares a spec's computed figures with the printed ones, `explain` says what is misread
in its paper. Everything here is imported on first use: what only reads specs and counts imports
neither torch nor numpy nor pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archcalc.base.errors import (
        ArchcalcError,
        ShapeError,
        SpecError,
        UnknownName,
        UnknownOperator,
    )
    from archcalc.cost.claims.explain import Explanation, explain
    from archcalc.cost.claims.judge import check
    from archcalc.cost.claims.results import ClaimResult, ClaimTable
    from archcalc.cost.counting.diff import DiffTable, diff
    from archcalc.cost.counting.table import CostTable, GroupedTable, count
    from archcalc.cost.scaling.closed_form import ClosedForm, closed_form
    from archcalc.cost.scaling.grid import Grid
    from archcalc.cost.scaling.sweep import sweep
    from archcalc.language.conventions.convention import CONVENTIONS, Convention
    from archcalc.language.graph import Graph, Group, Net, Node, Variant
    from archcalc.language.graph.build import build
    from archcalc.language.loading import load
    from archcalc.language.spec.find import zoo_names
    from archcalc.language.spec.spec import Spec
    from archcalc.language.transforms import TRANSFORMS, transform
    from archcalc.models.latency import LatencyTable
    from archcalc.models.latency.net import measure
    from archcalc.models.nets.build import to_torch
    from archcalc.models.nets.crosscheck import crosscheck
    from archcalc.models.nets.crosscheck_table import CrosscheckTable
    from archcalc.output.exporting.export import export
    from archcalc.output.reporting.report import report
    from archcalc.studies.budgets.budget import Budget
    from archcalc.studies.budgets.equivalent import equivalent
    from archcalc.studies.budgets.frontier import Frontier
    from archcalc.studies.budgets.search import search

__version__ = "0.1.0"

_HOMES = {
    "archcalc.studies.budgets": ("Budget", "Frontier", "equivalent", "search"),
    "archcalc.language.conventions.convention": ("CONVENTIONS", "Convention"),
    "archcalc.cost.claims.judge": ("ClaimResult", "ClaimTable", "check"),
    "archcalc.cost.claims.explain": ("Explanation", "explain"),
    "archcalc.cost.counting.diff": ("DiffTable", "diff"),
    "archcalc.cost.counting.table": ("CostTable", "GroupedTable", "count"),
    "archcalc.base.errors": (
        "ArchcalcError",
        "ShapeError",
        "SpecError",
        "UnknownName",
        "UnknownOperator",
    ),
    "archcalc.output.exporting.export": ("export",),
    "archcalc.language.graph": ("Graph", "Group", "Net", "Node", "Variant"),
    "archcalc.language.graph.build": ("build",),
    "archcalc.language.loading": ("load",),
    "archcalc.models.latency": ("LatencyTable", "measure"),
    "archcalc.models.nets.build": ("to_torch",),
    "archcalc.models.nets.crosscheck": ("crosscheck",),
    "archcalc.models.nets.crosscheck_table": ("CrosscheckTable",),
    "archcalc.output.reporting.report": ("report",),
    "archcalc.cost.scaling": ("ClosedForm", "Grid", "closed_form", "sweep"),
    "archcalc.language.spec.find": ("zoo_names",),
    "archcalc.language.spec.spec": ("Spec",),
    "archcalc.language.transforms": ("TRANSFORMS", "transform"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CONVENTIONS",
    "TRANSFORMS",
    "ArchcalcError",
    "Budget",
    "ClaimResult",
    "ClaimTable",
    "ClosedForm",
    "Convention",
    "CostTable",
    "CrosscheckTable",
    "DiffTable",
    "Explanation",
    "Frontier",
    "Graph",
    "Grid",
    "Group",
    "GroupedTable",
    "LatencyTable",
    "Net",
    "Node",
    "ShapeError",
    "Spec",
    "SpecError",
    "UnknownName",
    "UnknownOperator",
    "Variant",
    "build",
    "check",
    "closed_form",
    "count",
    "crosscheck",
    "diff",
    "equivalent",
    "explain",
    "export",
    "load",
    "measure",
    "report",
    "search",
    "sweep",
    "to_torch",
    "transform",
    "zoo_names",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'archcalc' has no attribute '{name}'")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
