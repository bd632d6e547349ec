"""Top-1 accuracy of variants: published, interpolated, extrapolated or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import set_texts
from archcalc.base.number import SCALE
from archcalc.base.units import format_fixed
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import Sets, parse_sets
from archcalc.studies.budgets.published_figures import (
    PrintedTime,
    Published,
    Variant,
    printed_times,
    published,
)
from archcalc.studies.budgets.regression import Fit, Floats, best_fit, hull_contains

Integers = npt.NDArray[np.int64]

UNKNOWN, PUBLISHED, INTERPOLATED, EXTRAPOLATED = range(4)
BASES = (None, "published", "interpolated", "extrapolated")
"""The basis of a top-1 figure, by code."""


@dataclass(frozen=True)
class Family:
    """All widths and resolutions of one net under one set of transforms.

    The interpolation is fitted to the family's published figures over log α and log ρ. Beyond
    their convex hull it is *extrapolated*; where all share a width (or a resolution), other ones
    are *unknown*. Pruned variants have no accuracy.
    """

    model: str
    sets: str
    reference: tuple[int, int]
    points: tuple[Published, ...]
    times: tuple[PrintedTime, ...] = ()
    """Latencies that papers print, on the authors' phones."""

    @cached_property
    def by_variant(self) -> dict[Variant, Published]:
        """The published figures by variant."""
        return {(point.width, point.side): point for point in self.points}

    @cached_property
    def fit(self) -> Fit | None:
        """The interpolation; None where too few figures are published."""
        square = self._square
        top1 = np.asarray([point.top1 for point in square])
        return best_fit(self._known[:, self._varies], top1) if square else None

    def look_up(
        self, widths: Integers, heights: Integers, sides: Integers, pruned: npt.NDArray[np.bool_]
    ) -> tuple[Floats, npt.NDArray[np.int8]]:
        """Return top-1 in percent (NaN where unknown) of variants, and its basis as a code.

        ``widths`` in 1/10⁴; ``heights`` and ``sides`` in pixels.
        """
        top1 = np.full(len(widths), np.nan)
        basis = np.full(len(widths), UNKNOWN, dtype=np.int8)
        if self.fit is not None and len(widths):
            pixels = np.sqrt(heights.astype(np.float64) * sides)
            asked = self._variables(widths.astype(np.float64), pixels)
            known, varies = self._known, self._varies
            fixed = np.isclose(asked, known[0]) | varies
            covered = fixed.all(axis=1) & ~pruned
            inside = hull_contains(known[:, varies], asked[:, varies]) & (heights == sides)
            top1[covered] = self._predicted(asked[covered])
            basis[covered] = np.where(inside[covered], INTERPOLATED, EXTRAPOLATED)
        for (width, (height, side)), point in self.by_variant.items():
            same = (widths == width) & (heights == height) & (sides == side) & ~pruned
            top1[same] = point.top1
            basis[same] = PUBLISHED
        return top1, basis

    def times_on(self, phone: str) -> dict[Variant, float]:
        """Return the printed latencies of variants on a phone, in milliseconds."""
        return {(t.width, t.side): t.milliseconds for t in self.times if t.phone == phone}

    def predict(self, widths: Integers, sides: Integers) -> Floats:
        """Return the interpolated top-1 of variants, of published ones too.

        ``widths`` in 1/10⁴; ``sides`` in pixels. Raises ArchcalcError where there is none.
        """
        return self._predicted(self._variables(widths.astype(np.float64), sides.astype(np.float64)))

    def source(self, width: int, side: tuple[int, int]) -> str | None:
        """Return the source of a variant's published figure."""
        point = self.by_variant.get((width, side))
        return point.source if point else None

    def describe(self) -> str:
        """Return a line on the figures, the regression and its leave-one-out error."""
        name = f"{self.model} ({self.sets})" if self.sets else self.model
        plural = "" if len(self.points) == 1 else "s"
        figures = f"{len(self.points)} published top-1 figure{plural}"
        if self.fit is None:
            few = ", too few for an interpolation" if self.points else ""
            return f"accuracy of {name}: {figures}{few}"
        return (
            f"accuracy of {name}: {figures}; between them a regression ({self.fit.form}, of "
            f"{self.fit.link}); its leave-one-out error is "
            f"{format_fixed(self.fit.mean_error, 2)} points on average, "
            f"{format_fixed(self.fit.worst_error, 2)} at worst"
        )

    def _predicted(self, variables: Floats) -> Floats:
        if self.fit is None:
            raise ArchcalcError(self.describe())
        return np.clip(self.fit.predict(variables[:, self._varies]), 0, 100)

    @cached_property
    def _square(self) -> Sequence[Published]:
        return [point for point in self.points if point.side[0] == point.side[1]]

    @cached_property
    def _known(self) -> Floats:
        """The variables of the published figures, a row each."""
        widths = np.asarray([point.width for point in self._square], dtype=np.float64)
        pixels = np.asarray([point.side[0] for point in self._square], dtype=np.float64)
        return self._variables(widths, pixels)

    @cached_property
    def _varies(self) -> npt.NDArray[np.bool_]:
        """Whether each variable differs between the published figures."""
        return np.asarray(np.ptp(self._known, axis=0) > 0)

    def _variables(self, widths: Floats, pixels: Floats) -> Floats:
        reference = float(np.sqrt(self.reference[0] * self.reference[1]))
        return np.stack([np.log(widths / SCALE), np.log(pixels / reference)], axis=1)


def family(spec: Spec, sets: Sets = "") -> Family:
    """Return the accuracies of ``spec`` (before transforms) under ``sets``."""
    chosen = parse_sets(sets)
    points = tuple(published(spec, chosen).values())
    height, width = spec.input[1:]
    label = ", ".join(set_texts(chosen))
    return Family(spec.name, label, (height, width), points, printed_times(spec, chosen))
