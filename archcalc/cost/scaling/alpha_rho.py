"""The papers' closed form α²ρ² against the exact cost, with the reasons for the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from archcalc.base.errors import ArchcalcError
from archcalc.base.number import SCALE
from archcalc.base.tables import Record, Table
from archcalc.base.units import percent
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable, count
from archcalc.cost.scaling.columns import Arrays, Columns, ColumnTable
from archcalc.cost.scaling.grid import Grid, GridPart
from archcalc.language.conventions.convention import Convention, convention_named
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.language.graph.groups import Fixed, Group, Scaled
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.linear import Linear

DEPTHWISE = "depthwise layers (α, not α²)"
FIRST = "first layer (its image does not scale)"
CLASSIFIER = "classifier (its outputs do not scale, nor its one pixel)"
FIXED = "layers of a fixed width"
NEVER_NARROW = "layers that never narrow"
ONE_PIXEL = "layers on one pixel (ρ does not matter)"
FULL = "pointwise and full convolutions"
ROUNDING = "rounding"
"""Reasons why the exact cost differs from the closed form."""


@dataclass(frozen=True)
class ClosedForm(Table):
    """MAdds by α²ρ² (MobileNets, sections 3.3 and 3.4) against the exact count.

    ``reasons``: exact − closed form in MAdds by reason; they sum to the total difference.
    """

    net: Net
    exact: int
    predicted: Fraction
    reasons: dict[str, Fraction]

    @property
    def title(self) -> str:
        return f"{self.net.title}: exact against α²ρ²"

    @property
    def difference_percent(self) -> float:
        """How much too low the closed form is, in percent of the exact count."""
        return percent(self.exact - self.predicted, self.exact) or 0.0

    def records(self) -> list[Record]:
        """Return one record a reason, the largest first."""
        return [
            {
                "reason": reason,
                "madds": float(madds),
                "percent": percent(madds, self.exact, 4) or 0.0,
            }
            for reason, madds in sorted(self.reasons.items(), key=lambda item: -abs(item[1]))
        ]

    def to_dict(self) -> Record:
        return {
            "model": self.net.name,
            "width": self.net.width,
            "resolution": self.net.resolution,
            "exact": self.exact,
            "closed_form": float(self.predicted),
            "difference_percent": round(self.difference_percent, 4),
            "reasons": {reason: float(madds) for reason, madds in self.reasons.items()},
        }

    def notes(self) -> Sequence[str]:
        return ["α²ρ² holds for a layer whose two channel counts and whose map scale alike"]


def closed_form(net: Net, convention: str | Convention = "paper", *, batch: int = 1) -> ClosedForm:
    """Compare a net's exact MAdds with α²ρ² times those of the printed net.

    A layer whose channels scale on one side only, or whose map is one pixel, follows another
    power: the reason is its kind. The rest is rounding of channels and map sizes.
    ``convention`` and ``batch``: as for `count`.

    Raises ArchcalcError for a pruned net.
    """
    if net.prune:
        raise ArchcalcError("closed form: α²ρ² does not cover pruning")
    reference, exact = (count(one, convention, batch=batch) for one in (build(net.spec), net))
    alpha = Fraction(round(net.width * SCALE), SCALE)
    height, width = net.size
    area = Fraction(height * width, net.graph.reference[1] * net.graph.reference[2])
    reasons: dict[str, Fraction] = {}
    predicted = Fraction(0)
    for before, after in zip(reference.layers, exact.layers, strict=True):
        if not before.madds:
            continue
        square = before.madds * alpha**2 * area
        kind, factor = _kind(reference, before, alpha, area)
        ideal = before.madds * factor
        predicted += square
        reasons[kind] = reasons.get(kind, Fraction(0)) + ideal - square
        reasons[ROUNDING] = reasons.get(ROUNDING, Fraction(0)) + after.madds - ideal
    reasons = {kind: value for kind, value in reasons.items() if value}
    return ClosedForm(net, exact.madds, predicted, reasons)


def _kind(
    table: CostTable, layer: LayerCost, alpha: Fraction, area: Fraction
) -> tuple[str, Fraction]:
    """Return a layer's reason, and the factor of its cost without rounding."""
    graph, op = table.net.graph, layer.node.op
    (source,) = layer.node.inputs
    names = graph.by_id[source].channels if source in graph.by_id else graph.input_channels
    read, made = ([graph.group[n] for n in layout] for layout in (names, layer.node.channels))
    # a linear layer flattens its input map: its cost follows that map
    map_ = layer.inputs[0] if isinstance(op, Linear) else layer.output
    pixel = map_[1] * map_[2] == 1
    factor = _growth(read, alpha) * (Fraction(1) if pixel else area)
    if isinstance(op, Conv) and op.depthwise:
        return DEPTHWISE, factor
    factor *= _growth(made, alpha)
    if all(isinstance(group.rule, Fixed) for group in read):
        return FIRST, factor
    if all(isinstance(group.rule, Fixed) for group in made):
        return CLASSIFIER if pixel else FIXED, factor
    if any(isinstance(g.rule, Scaled) and g.rule.least > alpha * SCALE for g in (*read, *made)):
        return NEVER_NARROW, factor
    if pixel:
        return ONE_PIXEL, factor
    return FULL, factor


def _growth(groups: Sequence[Group], alpha: Fraction) -> Fraction:
    """Return the factor of the channels of ``groups`` together, without rounding."""
    grown = Fraction(0)
    for group in groups:
        least = group.rule.least if isinstance(group.rule, Scaled) else 0
        fixed = isinstance(group.rule, Fixed)
        grown += group.base * (Fraction(1) if fixed else max(alpha, Fraction(least, SCALE)))
    return grown / sum(group.base for group in groups)


@dataclass(frozen=True)
class AgainstClosedForm(ColumnTable):
    """A grid with the closed form for each variant's MAdds.

    ``closed_form``: α²ρ² times the printed net's MAdds; ``difference_percent``: how much too low
    that is, in percent of the exact count.
    """

    grid: Grid

    def __post_init__(self) -> None:
        """Raise ArchcalcError where anything but width and resolution varies."""
        if any(np.any(ratio) for part in self.grid.parts for ratio in part.axes.prune.values()):
            raise ArchcalcError("closed form: α²ρ² does not cover pruning")

    @property
    def title(self) -> str:
        return f"{self.grid.title} · against α²ρ²"

    @property
    def columns(self) -> Columns:
        return {**self.grid.columns, "closed_form": float, "difference_percent": float}

    def arrays(self) -> Iterator[Arrays]:
        """Yield the grid's columns with the two."""
        for part, columns in zip(self.grid.parts, self.grid.arrays(), strict=True):
            exact = part.totals.madds
            predicted = np.broadcast_to(self._predicted(part), exact.shape)
            percent = 100 * (exact - predicted) / np.maximum(exact, 1)
            yield {
                **columns,
                "closed_form": predicted.ravel(),
                "difference_percent": np.round(percent, 4).ravel(),
            }

    def notes(self) -> Sequence[str]:
        return [*self.grid.notes(), "closed_form: α²ρ² × the MAdds of the printed net"]

    def _predicted(self, part: GridPart) -> Any:
        printed = count(build(part.spec), convention_named(self.grid.convention)).madds
        _, height, width = part.graph.reference
        alpha = part.axes.width / SCALE
        area = (part.axes.height * part.axes.side) / (height * width)
        return printed * self.grid.batch * alpha**2 * area
