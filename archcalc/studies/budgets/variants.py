"""The usual variants of a net, with costs and published accuracies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from archcalc.base.number import SCALE
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal, percent
from archcalc.cost.counting.table import CountOptions
from archcalc.cost.scaling.grid import Grid
from archcalc.cost.scaling.sweeping import sweep
from archcalc.cost.scaling.usual import usual_resolutions, usual_widths
from archcalc.language.graph import Net
from archcalc.language.graph.build import width_of
from archcalc.studies.budgets.published_figures import Published, Variant, published


@dataclass(frozen=True)
class VariantTable(Table):
    """Variants of one net, the widest and largest first, with the net's pruning.

    A record has ``width``, ``resolution``, the costs, ``madds_percent`` and ``params_percent`` of
    the net at width 1 and the reference resolution, ``top1`` in percent and its ``source`` (None
    where nothing is printed), and ``own``: whether it is this net itself.
    """

    kind: ClassVar[str] = "variants"
    net: Net
    grid: Grid
    printed: dict[Variant, Published]

    @property
    def title(self) -> str:
        return f"{self.net.name} · usual variants · {self.grid.convention.name}"

    def records(self) -> list[Record]:
        (part,) = self.grid.parts
        costs = self.grid.records()
        keys = [
            (width_of(part.spec, width), side)
            for width, side in zip(part.widths, part.resolutions, strict=True)
        ]
        own = round(self.net.width * SCALE), self.net.size
        whole = costs[keys.index((SCALE, part.graph.reference[1:]))]
        found = []
        for key, cost in zip(keys, costs, strict=True):
            one = self.printed.get(key)
            found.append(
                {
                    **cost,
                    **{f"{n}_percent": percent(cost[n], whole[n], 4) for n in ("madds", "params")},
                    "top1": one.top1 if one else None,
                    "source": one.source if one else None,
                    "own": key == own,
                }
            )
        return found

    def notes(self) -> Sequence[str]:
        return self.grid.notes()


def usual_variants(net: Net, **options: Unpack[CountOptions]) -> VariantTable:
    """Return every usual width at the reference resolution, every usual resolution at width 1,
    the variants of published accuracy, and the net itself."""
    reference, prune = net.graph.reference[1:], net.prune or 0
    printed = {} if net.prune else published(net.spec)
    points = {(Decimal(width), reference) for width in usual_widths(net)}
    points |= {(Decimal(1), side) for side in usual_resolutions(net)}
    points |= {(Decimal(width) / SCALE, side) for width, side in printed}
    points.add((Decimal(format_decimal(net.width)), net.size))
    ordered = sorted(points, key=lambda p: (p[0], p[1][0] * p[1][1], p[1]), reverse=True)
    grid = sweep(
        net.spec,
        points=[(f"{width.normalize():f}", side, prune) for width, side in ordered],
        multiple=net.multiple,
        **options,
    )
    return VariantTable(net, grid, printed)
