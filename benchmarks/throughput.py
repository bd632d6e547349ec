"""Variants of MobileNetV2 a second: our grid, our scalar path, and the peers."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from archcalc import build, count, load, sweep
from benchmarks.peers import PEERS, Peer, quiet

MODEL = "mobilenet_v2"
GRID = 100
"""Widths and resolutions each: 10 000 variants."""


@dataclass
class Timing:
    """Seconds of each round, of one counter; ``variants`` a round."""

    name: str
    variants: int
    madds: float
    """What it says of the printed net, so that everyone is seen to count the same one."""
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def per_second(self) -> float:
        """Return the median of variants a second, in CPU time of the one core."""
        return self.variants / statistics.median(self.cpu)

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON holds."""
        return {
            "name": self.name,
            "variants_per_round": self.variants,
            "variants_per_second": self.per_second(),
            "variants_per_second_wall": self.variants / statistics.median(self.wall),
            "cpu_seconds": self.cpu,
            "wall_seconds": self.wall,
            "madds_of_the_printed_net": self.madds,
        }


def choices(index: int) -> tuple[list[str], list[int]]:
    """Return the widths and resolutions of one round; no two rounds have the same."""
    widths = [f"{0.25 + 0.0115 * i + 0.0001 * index:.4f}" for i in range(GRID)]
    return widths, [96 + 2 * i + index % 2 for i in range(GRID)]


def measure(rounds: int, tell: Callable[[str], None]) -> tuple[list[Timing], dict[str, str]]:
    """Time every counter, one after the other in each round; return why some are missing."""
    quiet()
    missing = {peer.name: why for peer in PEERS if (why := peer.missing())}
    calls = [_ours_grid(), _ours_scalar()]
    for peer in PEERS:
        for device in () if peer.name in missing else peer.devices:
            madds = peer.count(1.0, 224, device)  # and its imports and caches are warm
            timing = Timing(f"{peer.name} ({device})", 1, madds)

            calls.append((timing, partial(_count_one, peer, device)))
    for index in range(rounds):
        tell(f"round {index + 1} of {rounds}")
        for timing, call in calls:
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            call(index)
            timing.cpu.append(time.process_time() - cpu)
            timing.wall.append(time.perf_counter() - wall)
    return list(_quicker([timing for timing, _ in calls])), missing


def _ours_grid() -> tuple[Timing, Callable[[int], object]]:
    spec = load(MODEL)

    def call(index: int) -> object:
        widths, sides = choices(index)
        return sweep(spec, widths=widths, resolutions=sides)

    call(0)
    madds = sweep(spec).records()[0]["madds"]
    return Timing("archcalc grid", GRID * GRID, madds), call


def _ours_scalar() -> tuple[Timing, Callable[[int], object]]:
    spec = load(MODEL)
    some = 10

    def call(index: int) -> object:
        return [
            count(build(spec, width=width, resolution=side)).totals
            for width, side in (_one(index * some + i) for i in range(some))
        ]

    return Timing("archcalc count", some, count(build(spec)).madds), call


def _count_one(peer: Peer, device: str, index: int) -> object:
    width, side = _one(index)
    return peer.count(float(width), side, device)


def _one(index: int) -> tuple[str, int]:
    """Return one variant; successive ones are spread over the whole grid."""
    widths, sides = choices(0)
    return widths[index * 37 % GRID], sides[index * 61 % GRID]


def _quicker(timings: list[Timing]) -> Iterator[Timing]:
    """Yield of each counter the device on which it is quicker."""
    best: dict[str, Timing] = {}
    for timing in timings:
        name = timing.name.split(" (")[0]
        if name not in best or timing.per_second() > best[name].per_second():
            best[name] = timing
    yield from best.values()
