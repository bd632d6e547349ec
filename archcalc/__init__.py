"""Exact costs of convolutional networks, from the table printed in the paper.

    Spec ──expand──▶ Graph × Variant ──┬─ count ────▶ CostTable ───────▶ formats
     ▲  the paper's rows    (= Net)    ├─ to_torch ─▶ nn.Module ─ measure ─▶ LatencyTable
     └── zoo or a YAML file            └─ crosscheck ─▶ ours · fvcore · FlopCounterMode

`load` a spec, `build` a net of it, then `count`, `to_torch`, `measure` or `crosscheck` the net;
`check` compares a spec's computed figures with the printed ones, `explain` lists what is easily
misread in its paper. Every name is imported on first use: reading and counting specs imports
neither torch nor numpy nor pandas.
"""

# ruff: noqa: I001 - one import per module; "as" re-exports the name under mypy strict

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from archcalc._version import __version__ as __version__

if TYPE_CHECKING:
    from archcalc.base.errors import (
        ArchcalcError as ArchcalcError,
        ShapeError as ShapeError,
        SpecError as SpecError,
        UnknownName as UnknownName,
        UnknownOperator as UnknownOperator,
    )
    from archcalc.cost.claims.explain import (
        Explanation as Explanation,
        explain as explain,
    )
    from archcalc.cost.claims.judge import check as check
    from archcalc.cost.claims.results import ClaimResult as ClaimResult, ClaimTable as ClaimTable
    from archcalc.cost.counting.diff import (
        DiffTable as DiffTable,
        diff as diff,
    )
    from archcalc.cost.counting.table import (
        CostTable as CostTable,
        GroupedTable as GroupedTable,
        count as count,
    )
    from archcalc.cost.scaling.alpha_rho import (
        ClosedForm as ClosedForm,
        closed_form as closed_form,
    )
    from archcalc.cost.scaling.grid import Grid as Grid
    from archcalc.cost.scaling.sweeping import sweep as sweep
    from archcalc.language.conventions.convention import (
        CONVENTIONS as CONVENTIONS,
        Convention as Convention,
    )
    from archcalc.language.graph import (
        Graph as Graph,
        Group as Group,
        Net as Net,
        Node as Node,
        Variant as Variant,
    )
    from archcalc.language.graph.build import build as build
    from archcalc.language.loading import load as load
    from archcalc.language.spec.find import zoo_names as zoo_names
    from archcalc.language.spec.spec import Spec as Spec
    from archcalc.language.transforms import (
        TRANSFORMS as TRANSFORMS,
        transform as transform,
    )
    from archcalc.models.latency import LatencyTable as LatencyTable
    from archcalc.models.latency.net import measure as measure
    from archcalc.models.nets.build import to_torch as to_torch
    from archcalc.models.nets.crosscheck import crosscheck as crosscheck
    from archcalc.models.nets.crosscheck_table import CrosscheckTable as CrosscheckTable
    from archcalc.output.exporting.export import export as export
    from archcalc.output.reporting.report import report as report
    from archcalc.studies.budgets.budget import Budget as Budget
    from archcalc.studies.budgets.equivalents import equivalent as equivalent
    from archcalc.studies.budgets.frontier import Frontier as Frontier
    from archcalc.studies.budgets.searching import search as search

_HOMES = {
    "archcalc.language.conventions.convention": ("CONVENTIONS", "Convention"),
    "archcalc.cost.claims.judge": ("check",),
    "archcalc.cost.claims.results": ("ClaimResult", "ClaimTable"),
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
    "archcalc.cost.scaling.alpha_rho": ("ClosedForm", "closed_form"),
    "archcalc.cost.scaling.grid": ("Grid",),
    "archcalc.cost.scaling.sweeping": ("sweep",),
    "archcalc.studies.budgets.budget": ("Budget",),
    "archcalc.studies.budgets.equivalents": ("equivalent",),
    "archcalc.studies.budgets.frontier": ("Frontier",),
    "archcalc.studies.budgets.searching": ("search",),
    "archcalc.language.spec.find": ("zoo_names",),
    "archcalc.language.spec.spec": ("Spec",),
    "archcalc.language.transforms": ("TRANSFORMS", "transform"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'archcalc' has no attribute '{name}'")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
