"""α²ρ²: the papers' closed form beside the exact cost, and what the difference is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from archcalc.cost.table import CostTable, LayerCost, count
from archcalc.graph import Net
from archcalc.graph.build import build
from archcalc.graph.groups import Fixed
from archcalc.ops.conv import Conv
from archcalc.tables import Record, Table


@dataclass(frozen=True)
class ClosedForm(Table):
    """MAdds by α²ρ² (MobileNets, section 3.3 and 3.4) against the exact count.

    ``reasons``: exact − closed form in MAdds, by what makes it differ; they sum to the whole.
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
        """By how many percent of the exact count the closed form is too low."""
        return float(100 * (self.exact - self.predicted) / self.exact) if self.exact else 0.0

    def records(self) -> list[Record]:
        return [{"reason": reason, "madds": float(madds)} for reason, madds in self.reasons.items()]

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


def closed_form(net: Net) -> ClosedForm:
    """Compare a net's exact MAdds with α²ρ² times those of the printed net.

    A layer whose channels scale on one side only, or whose map is one pixel, follows another
    power: that is the part of its kind. What is left is rounding of channels and map sizes.
    """
    reference, exact = count(build(net.spec)), count(net)
    alpha = Fraction(round(net.width * 10_000), 10_000)
    height, width = net.size
    area = Fraction(height * width, net.graph.reference[1] * net.graph.reference[2])
    reasons: dict[str, Fraction] = {}
    predicted = Fraction(0)
    for before, after in zip(reference.layers, exact.layers, strict=True):
        if not before.madds:
            continue
        square = before.madds * alpha**2 * area
        kind, powers = _kind(reference, before)
        ideal = before.madds * alpha ** powers[0] * area ** powers[1]
        predicted += square
        reasons[kind] = reasons.get(kind, Fraction(0)) + ideal - square
        reasons["rounding"] = reasons.get("rounding", Fraction(0)) + after.madds - ideal
    reasons = {kind: value for kind, value in reasons.items() if value}
    return ClosedForm(net, exact.madds, predicted, reasons)


def _kind(table: CostTable, layer: LayerCost) -> tuple[str, tuple[int, int]]:
    """Return what a layer is called here, and its powers of (α, ρ²)."""
    graph = table.net.graph
    (source,) = layer.node.inputs
    groups = graph.by_id[source].channels if source in graph.by_id else graph.input_channels
    sides = [
        not all(isinstance(graph.group[name].rule, Fixed) for name in layout)
        for layout in (groups, layer.node.channels)
    ]
    op = layer.node.op
    pixel = layer.output[1] * layer.output[2] == 1
    if isinstance(op, Conv) and op.depthwise:
        return "depthwise layers (α, not α²)", (int(sides[0]), 0 if pixel else 1)
    powers = (sum(sides), 0 if pixel else 1)
    if not sides[0]:
        return "first layer (its image does not scale)", powers
    if pixel:
        return "layers on one pixel (ρ does not matter)", powers
    if powers[0] < 2:
        return "layers of a fixed width", powers
    return "pointwise and full convolutions", powers
