"""A search's choices as documents and notebooks show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcalc.base.tables import Record, Table, View, without_empty_columns
from archcalc.base.units import format_bytes, format_exact

if TYPE_CHECKING:
    from archcalc.studies.budgets.frontier import Frontier

_RIGHT = frozenset(("rank", "α", "ρ", "MAdds", "params", "weights", "peak memory", "ms", "top-1"))


def frontier_view(found: Frontier) -> Table:
    """Return the choices, the best first, without what is the same for all of them."""
    records = found.records()
    several = len({record["model"] for record in records}) > 1
    rows = [_row(record, several=several) for record in records]
    view = View(found.title, rows, _RIGHT, found.summary(), found.notes())
    return without_empty_columns(view)


def _row(record: Record, *, several: bool) -> Record:
    latency, top1 = record["latency_ms"], record["top1"]
    return {
        "rank": record["rank"],
        **({"net": record["model"]} if several else {}),
        "α": f"{record['width']:g}",
        "ρ": str(record["resolution"]),
        "pruned": str(record["prune"]) if record["prune"] else "",
        "set": record["set"],
        "MAdds": format_exact(record["madds"]),
        "params": format_exact(record["params"]),
        "weights": format_bytes(record["weight_bytes"]),
        "peak memory": format_bytes(record["peak_memory_bytes"]),
        "ms": "" if latency is None else f"{latency:.2f}",
        "top-1": "" if top1 is None else f"{top1:.2f}",
        "basis": record["basis"] or "unknown",
        "source": record["source"] or "",
    }
