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
    from archcalc.budgets.budget import Budget
    from archcalc.budgets.equivalent import equivalent
    from archcalc.budgets.frontier import Frontier
    from archcalc.budgets.search import search
    from archcalc.cost import (
        CONVENTIONS,
        ClaimResult,
        ClaimTable,
        Convention,
        CostTable,
        GroupedTable,
        check,
        count,
    )
    from archcalc.cost.diff import DiffTable, diff
    from archcalc.cost.explain import Explanation, explain
    from archcalc.errors import ArchcalcError, ShapeError, SpecError, UnknownName, UnknownOperator
    from archcalc.exporting.export import export
    from archcalc.graph import Graph, Group, Net, Node, Variant
    from archcalc.graph.build import build
    from archcalc.latency import LatencyTable
    from archcalc.latency.net import measure
    from archcalc.loading import load
    from archcalc.nets.build import to_torch
    from archcalc.nets.crosscheck import crosscheck
    from archcalc.nets.crosscheck_table import CrosscheckTable
    from archcalc.reporting.report import report
    from archcalc.scaling.closed_form import ClosedForm, closed_form
    from archcalc.scaling.grid import Grid
    from archcalc.scaling.sweep import sweep
    from archcalc.spec.find import zoo_names
    from archcalc.spec.spec import Spec
    from archcalc.transforms import TRANSFORMS, transform

__version__ = "0.1.0"

_HOMES = {
    "archcalc.budgets": ("Budget", "Frontier", "equivalent", "search"),
    "archcalc.cost": (
        "CONVENTIONS",
        "ClaimResult",
        "ClaimTable",
        "Convention",
        "CostTable",
        "DiffTable",
        "Explanation",
        "GroupedTable",
        "check",
        "count",
        "diff",
        "explain",
    ),
    "archcalc.errors": (
        "ArchcalcError",
        "ShapeError",
        "SpecError",
        "UnknownName",
        "UnknownOperator",
    ),
    "archcalc.exporting.export": ("export",),
    "archcalc.graph": ("Graph", "Group", "Net", "Node", "Variant"),
    "archcalc.graph.build": ("build",),
    "archcalc.loading": ("load",),
    "archcalc.latency": ("LatencyTable", "measure"),
    "archcalc.nets.build": ("to_torch",),
    "archcalc.nets.crosscheck": ("crosscheck",),
    "archcalc.nets.crosscheck_table": ("CrosscheckTable",),
    "archcalc.reporting.report": ("report",),
    "archcalc.scaling": ("ClosedForm", "Grid", "closed_form", "sweep"),
    "archcalc.spec.find": ("zoo_names",),
    "archcalc.spec.spec": ("Spec",),
    "archcalc.transforms": ("TRANSFORMS", "transform"),
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
