"""What the benchmark prints, and its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archcalc import __version__
from archcalc.base.units import format_bytes, format_count, format_exact
from archcalc.models.latency.machine import describe_machine
from benchmarks.growth import Point, exponent
from benchmarks.throughput import Timing

WANTED = 100_000
"""Variants of our grid for each of fvcore's, in the same run."""


@dataclass(frozen=True)
class Report:
    """All timings of one run."""

    core: int | None
    variants: list[Point]
    layers: list[Point]
    timings: list[Timing]
    missing: dict[str, str]

    @property
    def fvcore(self) -> float | None:
        """Variants a second of fvcore, where it is installed."""
        found = [t.per_second() for t in self.timings if t.name.startswith("fvcore")]
        return found[0] if found else None

    @property
    def ratio(self) -> float | None:
        """Variants of our grid for one of fvcore's."""
        return self.timings[0].per_second() / self.fvcore if self.fvcore else None

    def reached(self) -> bool:
        """Tell whether the grid is as fast as it is meant to be, where fvcore is there."""
        return self.ratio is None or self.ratio >= WANTED

    def text(self) -> str:
        """Return the report for people."""
        return "\n".join(self._lines()) + "\n"

    def write(self, path: str | Path) -> None:
        """Write everything as JSON."""
        Path(path).write_text(json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n")

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON holds."""
        return {
            "archcalc": __version__,
            "machine": describe_machine(),
            "core": self.core,
            "throughput": [timing.to_dict() for timing in self.timings],
            "missing": self.missing,
            "grid_to_fvcore": self.ratio,
            "variants": [point.to_dict() for point in self.variants],
            "variants_exponent": exponent(self.variants),
            "layers": [point.to_dict() for point in self.layers],
            "layers_exponent": exponent(self.layers),
        }

    def _lines(self) -> Iterator[str]:
        machine = describe_machine()
        yield (
            f"{machine['cpu']}, one core{'' if self.core is None else f' (number {self.core})'}, "
            f"Python {machine['python']}, torch {machine['torch']}"
        )
        yield ""
        rounds = len(self.timings[0].cpu)
        yield f"MobileNetV2, variants a second of CPU time, medians of {rounds} rounds"
        yield f"  {'':24}{'a second':>12}{'ms each':>12}{'× fvcore':>12}{'MAdds of α = 1':>18}"
        for timing in self.timings:
            speed = timing.per_second()
            ratio = f"{speed / self.fvcore:,.1f}" if self.fvcore else "?"
            yield (
                f"  {timing.name:24}{speed:>12,.1f}{1000 / speed:>12.4f}{ratio:>12}"
                f"{format_exact(int(timing.madds)):>18}"
            )
        for name, why in self.missing.items():
            yield f"  {name:24}{'missing: ' + why:>12}"
        yield ""
        if self.ratio is not None:
            sign = "≥" if self.reached() else "<"
            yield f"The grid counts {self.ratio:,.0f} variants while fvcore counts one"
            yield f"({sign} {WANTED:,}, which is the aim)."
            yield ""
        yield "Grid of MobileNetV2, in pieces"
        yield from _growth(self.variants, "variants")
        yield ""
        yield "A generated spec, from its text to its total"
        yield from _growth(self.layers, "layers")


def _growth(points: list[Point], what: str) -> Iterator[str]:
    yield f"  {what:>12}{'seconds':>12}{'µs each':>12}{'peak of memory':>18}"
    for point in points:
        yield (
            f"  {point.size:>12,}{point.seconds:>12.4f}{point.seconds / point.size * 1e6:>12.3f}"
            f"{format_bytes(point.peak_bytes):>18}"
        )
    few, many = (format_count(points[index].size, 1) for index in (-3, -1))
    yield (
        f"  beyond the start of {points[0].seconds * 1000:.1f} ms, time grows as "
        f"{what}^{exponent(points):.2f} from {few} to {many}"
    )
