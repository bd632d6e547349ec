"""How time and memory grow: from 10² to 10⁶ variants, and from 10 to 10 000 layers."""

from __future__ import annotations

import gc
import math
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from archcalc import Spec, build, count, load
from archcalc.cost.scaling.sweeping import chunks
from archcalc.language.graph.build import graph_of

VARIANTS = (10**2, 10**3, 10**4, 10**5, 10**6)
TRIES = 5
LAYERS = (10, 10**2, 10**3, 10**4)


@dataclass(frozen=True)
class Point:
    """CPU seconds (a median) for one size, and the peak of memory while it ran."""

    size: int
    seconds: float
    peak_bytes: int

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON holds."""
        return {"size": self.size, "cpu_seconds": self.seconds, "peak_rss_bytes": self.peak_bytes}


def exponent(points: list[Point]) -> float:
    """Return k of (time − start) ∝ size^k, fitted to the three largest sizes.

    The start is what the smallest size takes: reading, checking and calling, which every size
    pays alike and which hides growth where it is most of the time.
    """
    start = points[0]
    logs = [
        (math.log(p.size - start.size), math.log(max(p.seconds - start.seconds, 1e-6)))
        for p in points[-3:]
    ]
    x, y = (statistics.fmean(values) for values in zip(*logs, strict=True))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def by_variants(tell: Callable[[str], None]) -> list[Point]:
    """Time the grid in pieces, as a sweep that is written to a file makes it."""
    spec = load("mobilenet_v2")
    _grid(spec, 100)
    points = []
    for size in VARIANTS:
        tell(f"{size:,} variants")
        points.append(_point(size, partial(_grid, spec, size)))
    return points


def by_layers(tell: Callable[[str], None]) -> list[Point]:
    """Time a spec from its text to its total."""
    _layers(LAYERS[0])
    points = []
    for size in LAYERS:
        tell(f"{size:,} layers")
        points.append(_point(size, partial(_layers, size)))
    return points


def generated(layers: int) -> str:
    """Return a spec of so many layers: pairs of a depthwise and a pointwise convolution."""
    rows = ["- [conv2d 3x3, 32, 2]"]
    pairs = ("- [dwconv 3x3, ~, 1]", "- [conv2d 1x1, 32, 1]")
    rows += [pairs[index % 2] for index in range(layers - 1)]
    head = "archcalc: 1\nname: generated\ninput: 64x64x3\ncolumns: [operator, c, s]\nrows:\n"
    return head + "\n".join(rows) + "\n"


def _grid(spec: Spec, size: int) -> None:
    side = round(size**0.5)
    sides = max(1, min(side, 1000))
    widths = size // sides
    total, pieces = chunks(
        spec,
        widths=[f"{0.25 + index * 0.0011:.4f}" for index in range(widths)],
        resolutions=range(96, 96 + sides),
    )
    summed = sum(len(grid) for grid in pieces)
    if summed != total or total < 0.9 * size:
        raise AssertionError(f"{summed} of {size} variants")


def _layers(size: int) -> None:
    graph_of.cache_clear()
    table = count(build(Spec(generated(size))))
    if len(table.layers) != size:
        raise AssertionError(f"{len(table.layers)} layers of {size}")


def _point(size: int, call: Callable[[], None]) -> Point:
    seconds, peaks = [], []
    for _ in range(TRIES):
        gc.collect()
        _forget_peak()
        start = time.process_time()
        call()
        seconds.append(time.process_time() - start)
        peaks.append(_peak_bytes())
    return Point(size, statistics.median(seconds), max(peaks))


def _forget_peak() -> None:
    """Let the kernel forget the process's peak of memory (Linux; elsewhere it only grows)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _peak_bytes() -> int:
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
