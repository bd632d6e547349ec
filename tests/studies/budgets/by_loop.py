"""The default set of a search, each variant counted alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from archcalc import build, count, load
from archcalc.studies.budgets.accuracy import family

COSTS = ("madds", "params", "weight_bytes", "activation_bytes", "peak_memory_bytes")
WIDTHS = [f"{0.25 + 0.05 * index:.2f}" for index in range(24)]
RESOLUTIONS = [96, 128, 160, 192, 224]


@cache
def counted(model: str) -> list[dict[str, Any]]:
    """Return every variant of the default set, counted alone, with its accuracy."""
    of = family(load(model))
    found = []
    for width in WIDTHS:
        for side in RESOLUTIONS:
            totals = count(build(model, width=width, resolution=side)).totals
            columns = [np.asarray([value]) for value in (round(float(width) * 10_000), side, side)]
            (top1,), _ = of.look_up(*columns, np.asarray([False]))
            own = {"model": model, "width": float(width), "resolution": side}
            found.append({**own, **{cost: totals[cost] for cost in COSTS}, "top1": float(top1)})
    return found


def key(record: dict[str, Any]) -> tuple[Any, ...]:
    return record["model"], record["width"], record["resolution"]
