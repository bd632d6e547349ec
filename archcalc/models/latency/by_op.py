"""Time and multiply-adds by operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archcalc.base.tables import Record, Table
from archcalc.base.units import percent
from archcalc.cost.counting.table import CostTable
from archcalc.models.latency.table import LayerLatency, RuntimeLatency


@dataclass(frozen=True)
class OpLatencyTable(Table):
    """The layers of one run summed by operator, the slowest first.

    A record has ``op``, the number of ``layers``, their ``ms`` and ``time_share``, their ``madds``
    and ``madds_share`` of the net (shares in percent), and the resulting ``gmadds_per_s``; a layer
    into which others are folded has their MAdds too. None where unknown.
    """

    run: RuntimeLatency
    cost: CostTable
    batch: int = 1
    """Images per measured pass."""

    @property
    def title(self) -> str:
        return f"{self.cost.net.title} · {self.run.runtime} · time and MAdds by operator"

    def records(self) -> list[Record]:
        madds = madds_of(self.run.layers, self.cost)
        groups: dict[str, list[int]] = {}
        for index, layer in enumerate(self.run.layers):
            groups.setdefault(layer.op, []).append(index)
        layers, whole = self.run.layers, self.cost.madds
        found = []
        for op, indices in groups.items():
            ms = sum(layers[index].median_ms for index in indices)
            own = sum(madds[index] for index in indices)
            images = own * self.batch / self.cost.batch
            found.append(
                {
                    "op": op,
                    "layers": len(indices),
                    "ms": ms,
                    "time_share": sum(layers[index].share_percent for index in indices),
                    "madds": own,
                    "madds_share": percent(own, whole),
                    "gmadds_per_s": images / ms / 1e6 if ms and own else None,
                }
            )
        return sorted(found, key=lambda record: -record["ms"])


def madds_of(layers: Sequence[LayerLatency], cost: CostTable) -> list[int]:
    """Return the MAdds of each measured layer, with those of the layers folded into it.

    Entries that are not layers of the net (a flatten, the rest) have none, nor have further calls
    of a layer: the cost of the first covers all.
    """
    known = {layer.node.id: layer.madds for layer in cost.layers}
    return [sum(known.get(name, 0) for name in layer.ids) for layer in layers]
