"""One small result of every kind that is laid out for readers."""

from __future__ import annotations

from functools import cache
from typing import Any

import archcalc
from archcalc.base.installed import DoctorTable
from archcalc.base.tables import Records
from archcalc.cost.claims.judge import check_all
from archcalc.cost.counting.diff import diff
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.cost.counting.zoo import TransformTable, ZooTable, zoo_table
from archcalc.cost.scaling.alpha_rho import AgainstClosedForm
from archcalc.cost.scaling.sweeping import sweep
from archcalc.language.graph.describe import GroupTable
from archcalc.models.latency.measured import Measured
from archcalc.models.latency.runtime_table import RuntimeTable
from archcalc.models.latency.table import Latency, LatencyTable, LayerLatency, RuntimeLatency
from archcalc.models.nets.crosscheck_table import CrosscheckRow, CrosscheckTable
from archcalc.output.drawing.tree import Tree
from archcalc.studies.budgets.compared import compare
from archcalc.studies.budgets.equivalents import equivalent
from archcalc.studies.budgets.searching import search
from archcalc.studies.budgets.stage_search import stages
from archcalc.studies.budgets.variants import usual_variants

NET = "mobilenet_v3_small"
BUDGET = archcalc.Budget(madds=40_000_000)


def latency() -> LatencyTable:
    """Return made-up times of two layers."""
    layer = LayerLatency(("conv_1.1.conv", "conv_1.1.norm"), "conv 3x3", 1.5, 1.25, 1.75, 75.0)
    pool = LayerLatency(("avg_pool_14.1",), "global avg_pool", 0.5, 0.25, 0.75, 25.0)
    run = RuntimeLatency(
        "folded", Latency(2.0, None, None, 1.9, 2.2, 2.0), 2.0, 2.0, 0.5, 0.25, 30, 9.0, 0.5, 1.0,
        None, 1e-6, ("cpu clock: CPU/wall was 0.99: the core was free",), (layer, pool),
        {"wall": (2.0,), "cpu": (2.0,)},
    )  # fmt: skip
    protocol = {
        "clock": "cpu", "layers_clock": "cpu", "threads": 1, "batch": 1, "dtype": "f32",
        "device": "cpu", "passes": 30, "seconds": 1.0, "warmup_calls": 3, "warmup_seconds": 0.5,
        "pinning": "pinned to core 0",
    }  # fmt: skip
    machine = {"cpu": "a CPU", "logical_cores": 2, "os": "Linux", "python": "3.11", "torch": "2"}
    return LatencyTable(machine, protocol, (run,))


def crosscheck() -> CrosscheckTable:
    """Return three counters that agree on a layer, differ on another, and miss a third."""
    rows = (
        CrosscheckRow("conv_1.1.conv", "conv 3x3", 5_419_008, 5_419_008, 5_419_008, equal=True),
        CrosscheckRow("conv_13.1.conv", "conv 1x1", 2_709_504, 2_709_505, 2_709_504, equal=False),
        CrosscheckRow("other", "Odd", None, 7, 7, equal=None),
    )
    totals = {"ours": 8_128_512, "fvcore": 8_128_520, "flopcounter": 8_128_519}
    terms = {"fvcore": {"norm": 8, "unexplained": 0}, "flopcounter": {"unexplained": 7}}
    uncounted = {"fvcore": {"aten::add": 6}, "flopcounter": {}}
    return CrosscheckTable(NET, (1, 3, 224, 224), rows, totals, terms, uncounted)


def doctor() -> DoctorTable:
    """Return an installation that lacks something of everything."""
    packages = (
        {"package": "numpy", "version": "2.0", "extras": [], "enables": ["counting"]},
        {"package": "onnx", "version": None, "extras": ["onnx"], "enables": ["export to ONNX"]},
    )
    engines = ({"engine": "weasyprint", "available": False, "version": "", "missing": "no pango"},)
    fonts = (
        {"font": "Source Sans", "available": True},
        {"font": "Noto Sans SC", "available": False},
    )
    return DoctorTable("1.0", "3.11", "Linux", packages, engines, fonts)


def runtimes() -> RuntimeTable:
    """Return a runtime that can run and one that cannot."""
    eager = {"runtime": "eager", "summary": "x", "available": True, "needs": [], "missing": []}
    other = {
        "runtime": "onnx",
        "summary": "onnx",
        "available": False,
        "needs": [],
        "missing": ["o"],
    }
    return RuntimeTable((eager, other))


@cache
def every_kind() -> dict[str, Any]:
    """Return the results by what they are; each is made once."""
    spec, net = archcalc.load(NET), archcalc.build(NET)
    cost = archcalc.count(net)
    grid = sweep(NET, widths="0.5,1", resolutions="128,224", prunes="0,0.5")
    return {
        "claims": check_all([spec]),
        "layers": cost,
        "rows": cost.by("row"),
        "operators": cost.by("op"),
        "paper": with_costs(cost),
        "net": net,
        "spec": spec,
        "diff": diff(cost, archcalc.count(archcalc.build("mobilenet_v2", width=0.75))),
        "compared": compare([cost, archcalc.count(archcalc.build("mobilenet_v2"))]),
        "variants": usual_variants(net),
        "explain": archcalc.explain(spec),
        "groups": GroupTable(archcalc.build(NET, prune=0.5)),
        "crosscheck": crosscheck(),
        "zoo": ZooTable(zoo_table().entries[:4]),
        "transforms": TransformTable(),
        "doctor": doctor(),
        "runtimes": runtimes(),
        "search": search(NET, BUDGET, widths="0.5,0.75,1", resolutions="160,224"),
        "stages": stages(NET, BUDGET),
        "equivalent": equivalent(NET, width="0.75", nets=1),
        "grid": grid,
        "grid by layer": sweep(NET, widths="0.5").by_layer(),
        "closed form": AgainstClosedForm(sweep(NET, widths="0.5,1")),
        "latency": Measured(net, latency()),
        "latency alone": latency(),
        "tree": Tree(net),
        "records": Records("any", [{"name": "x", "number": 1.5}], ["a remark"]),
    }
