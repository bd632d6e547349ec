"""One picture of every kind, small enough to draw in a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from archcalc import build, count, sweep
from archcalc.cost.counting.across import across
from archcalc.cost.counting.table import CostTable
from archcalc.cost.scaling.grid import Grid
from archcalc.language.spec.spec import Spec
from archcalc.models.latency.by_op import OpLatencyTable
from archcalc.output.charts import (
    Picture,
    accuracy,
    against_closed_form,
    by_op,
    by_prune,
    by_resolution,
    by_stage,
    cost_by_width,
    heat_map,
    profile,
    share_by_op,
    shares_by_net,
    shares_by_size,
    time_against_madds,
    time_by_op,
)
from archcalc.output.charts.lessons import (
    activation_curves,
    manifold,
    pruned_arrays,
    separable_ratio,
)
from archcalc.studies.lessons import (
    EXAMPLE_SCALES,
    EXAMPLE_WEIGHTS,
    activations,
    embed,
    prune_filters,
    prune_scales,
    prune_weights,
    spiral,
    sweep_separable,
)
from tests.models.latency.made_up import made_up

NO_MADDS = Spec("archcalc: 1\nname: only_relu\ninput: 3x32x32\nrows:\n  - {op: relu}\n")

RECORDS = [
    {**record, "top1": top1, "basis": basis}
    for record, top1, basis in zip(
        sweep(
            ["mobilenet_v1", "mobilenet_v2"], widths="0.5,0.75,1", resolutions="160,224"
        ).records(),
        [59.1, 63.3, 65.3, 68.4, 68.0, 70.6, 61.0, 65.4, 66.4, 69.8, 68.8, 71.8],
        ["published"] * 9 + ["interpolated"] * 2 + [None],
        strict=True,
    )
]
"""Published figures, and which basis they are said to have."""


def _costs() -> list[CostTable]:
    names = ("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small")
    return [count(build(name)) for name in names]


@cache
def grid() -> Grid:
    return sweep("mobilenet_v2", widths="0.25:1.25:0.25", resolutions="96,160,224")


@cache
def two() -> Grid:
    return sweep(["mobilenet_v1", "mobilenet_v2"], widths="0.5,1", resolutions="128,224")


PICTURES: dict[str, Callable[[], Picture]] = {
    "cost": lambda: cost_by_width(grid()),
    "memory of two nets": lambda: cost_by_width(two(), "peak_memory_bytes"),
    "one width": lambda: cost_by_width(sweep("mobilenet_v1")),
    "heat": lambda: heat_map(grid()),
    "bytes": lambda: heat_map(grid(), "weight_bytes"),
    "many widths": lambda: heat_map(
        sweep("mobilenet_v2", widths="0.1:2:0.02", resolutions="96:224:4")
    ),
    "accuracy": lambda: accuracy(RECORDS),
    "shares": lambda: share_by_op(grid()),
    "params": lambda: share_by_op(sweep("mobilenet_v3_large", widths="0.5,1"), "params"),
    "stages": lambda: by_stage(count(build("mobilenet_v2"))),
    "many stages": lambda: by_stage(count(build("ssd512_vgg"))),
    "layer types": lambda: by_op(count(build("mobilenet_v3_large"))),
    "closed form": lambda: against_closed_form(grid()),
    "closed form by resolution": lambda: against_closed_form(
        sweep("mobilenet_v1", resolutions="128:224:32")
    ),
    "closed form, not square": lambda: against_closed_form(
        sweep("mobilenet_v2", resolutions=["224x160", "160x224", "96", "224x96"])
    ),
    "shares at one width": lambda: share_by_op(sweep("mobilenet_v2")),
    "no MAdds": lambda: heat_map(sweep(NO_MADDS, resolutions="16,32")),
    "pruned, changed": lambda: heat_map(
        sweep(
            "mobilenet_v2",
            widths="1,0.5",
            resolutions="224,96",
            prunes=[{"stage_2": 0.5, "stage_3": 0.25, "stage_4": 0.5, "stage_5": 0.125}],
            sets=["act=relu"],
        )
    ),
    "many lines": lambda: cost_by_width(
        sweep("mobilenet_v2", widths="0.5,1", resolutions="32:256:4")
    ),
    "many lines of two nets": lambda: cost_by_width(
        sweep(
            ["mobilenet_v1", "mobilenet_v2"],
            widths="0.5,1",
            resolutions="32:256:8",
            prunes="0.5,0",
        )
    ),
    "by prune": lambda: by_prune(sweep("mobilenet_v2", prunes="0:0.7:0.1")),
    "by resolution": lambda: by_resolution(sweep("resnet18", resolutions="96:256:32")),
    "by resolution, not square": lambda: by_resolution(
        sweep("mobilenet_v1", resolutions=["224x160", "96", "224x96"])
    ),
    "profile": lambda: profile(
        made_up(build("mobilenet_v2")).runs[0], count(build("mobilenet_v2"))
    ),
    "time against MAdds": lambda: time_against_madds(
        [(cost, made_up(cost.net).runs[0]) for cost in _costs()]
    ),
    "time by operator": lambda: time_by_op(
        OpLatencyTable(made_up(build("googlenet")).runs[0], count(build("googlenet")))
    ),
    "points": lambda: cost_by_width(
        sweep("mobilenet_v2", points=[("0.5", 96, 0), (1, 224, 0.5), ("0.75", 224, 0.5)])
    ),
    "nets by layer type": lambda: shares_by_net(across(_costs(), "op")),
    "nets by size": lambda: shares_by_size(across(_costs(), "size")),
    "separable": lambda: separable_ratio(
        [sweep_separable("out_channels", range(4, 129, 4), kernel=k) for k in (3, 5)]
    ),
    "activations": lambda: activation_curves(activations(points=65)),
    "derivatives": lambda: activation_curves(
        activations(("swish", "hs"), points=65), derivative=True
    ),
    "spiral": lambda: manifold([embed(spiral(40), m) for m in (2, 3, 5, 15)]),
    "cells": lambda: pruned_arrays(
        {
            "weights": prune_weights(EXAMPLE_WEIGHTS, threshold=0.5),
            "columns": prune_filters(EXAMPLE_WEIGHTS, ratio=0.25, axis=1),
            "scales": prune_scales(EXAMPLE_SCALES, ratio=0.5),
        }
    ),
}
NAMES = list(PICTURES)

ONE_OF_EACH_KIND = [
    "one width", "heat", "accuracy", "shares at one width", "stages", "layer types", "closed form",
    "by prune", "profile", "nets by layer type", "separable", "spiral", "cells",
]  # fmt: skip


@cache
def picture_of(name: str) -> Picture:
    """Return a picture, made once, when it is first asked for."""
    return PICTURES[name]()
