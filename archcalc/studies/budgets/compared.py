"""Several nets side by side: costs relative to the first, published accuracies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from archcalc.base.errors import ArchcalcError
from archcalc.base.number import SCALE
from archcalc.base.tables import Record, Table
from archcalc.base.units import percent_change
from archcalc.cost.counting.table import CostTable, CountOptions
from archcalc.cost.scaling.grid import QUANTITIES, Grid
from archcalc.cost.scaling.sweeping import sweep
from archcalc.language.graph import Net
from archcalc.studies.budgets.published_figures import Published, published


@dataclass(frozen=True)
class Comparison(Table):
    """The totals of nets under one convention, in the given order."""

    kind: ClassVar[str] = "compared"
    tables: tuple[CostTable, ...]

    @property
    def title(self) -> str:
        nets = ", ".join(table.net.title for table in self.tables)
        return f"{nets} · {self.tables[0].convention.name}"

    def records(self) -> list[Record]:
        """Return one record a net.

        ``*_percent``: difference from the first net's cost in percent; None where that is 0.
        ``top1``: published, in percent, with its ``source``; None where not published.
        """
        first = self.tables[0].totals
        found = []
        for table in self.tables:
            totals, accuracy = table.totals, published_of(table.net)
            record: Record = {
                "net": table.net.title,
                "width": table.net.width,
                "resolution": table.net.resolution,
                **totals,
            }
            for name in QUANTITIES:
                record[f"{name}_percent"] = percent_change(first[name], totals[name])
            record["top1"] = accuracy.top1 if accuracy else None
            record["source"] = accuracy.source if accuracy else None
            found.append(record)
        return found


def compare(tables: Sequence[CostTable]) -> Comparison:
    """Compare the totals of nets.

    Raises ArchcalcError for fewer than two, and for several conventions, batches or dtypes.
    """
    if len(tables) < 2:
        raise ArchcalcError("compare: at least two nets")
    ways = {(table.convention.name, table.batch, table.dtype) for table in tables}
    if len(ways) > 1:
        raise ArchcalcError("compare: all nets by one convention, batch and dtype")
    return Comparison(tuple(tables))


def published_of(net: Net) -> Published | None:
    """Return the published top-1 of exactly this net; a pruned one has none."""
    if net.prune:
        return None
    return published(net.spec).get((round(net.width * SCALE), net.size))


def published_variants(nets: Sequence[Net], **options: Unpack[CountOptions]) -> list[Record]:
    """Return every variant with a published top-1 of the specs of ``nets``, with its costs.

    Records are those of a sweep with ``top1``, ``source``, and ``own``: whether the variant is
    among ``nets``. Each spec appears once.
    """
    own = {(net.spec, round(net.width * SCALE), net.size) for net in nets if not net.prune}
    found = []
    for spec in dict.fromkeys(net.spec for net in nets):
        printed = published(spec)
        if not printed:
            continue
        points = [(f"{Decimal(width) / SCALE:f}", side, 0) for width, side in printed]
        grid: Grid = sweep(spec, points=points, **options)
        for record, (key, one) in zip(grid.records(), printed.items(), strict=True):
            extra = {"top1": one.top1, "source": one.source, "own": (spec, *key) in own}
            found.append({**record, **extra})
    return found
