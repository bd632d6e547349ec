"""How variants look on a screen: the first and the last, and the range of every quantity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_decimal,
    format_exact,
    format_percent,
    format_signed,
    format_signed_percent,
)
from archcalc.cli._costs import show_notes
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.cost.scaling.alpha_rho import closed_form
from archcalc.cost.scaling.digest import Digest
from archcalc.language.graph.build import build
from archcalc.language.spec.spec import Spec
from archcalc.output.formats._sink import Head

_HEADS = {
    "madds": "MAdds",
    "params": "params",
    "weight_bytes": "weights",
    "activation_bytes": "activations",
    "peak_memory_bytes": "peak memory",
    "closed_form": "α²ρ²",
    "difference_percent": "too low by",
}
_LEAST = ("weight_bytes", "activation_bytes", "peak_memory_bytes", "op")
"""What a narrow screen goes without."""


def show(screen: Screen, head: Head, digest: Digest, *, several: bool) -> None:
    """Show a sweep's records, or its ends, and the range of every quantity."""
    screen.line(head.title, "bold")
    names = _names(head, digest, several=several)
    layouts = [_grid(digest, names, exact=True)]
    for left_out in ((), ("activation_bytes",), ("activation_bytes", "weight_bytes"), _LEAST):
        kept = [name for name in names if name not in left_out]
        layouts.append(_grid(digest, kept, exact=False))
    screen.table(*layouts)
    if digest.hidden:
        screen.blank()
        screen.line(
            f"The first {len(digest.first)} and the last {len(digest.last)} of "
            f"{format_exact(digest.count)} records; -o FILE writes all of them.",
            "dim",
        )
    show_notes(head.notes, screen)


def reasons(screen: Screen, spec: Spec, record: Record) -> None:
    """Show why the closed form is off, where it is off the most."""
    net = build(spec, width=record["width"], resolution=record["resolution"])
    found = closed_form(net)
    screen.blank()
    if not found.reasons:
        screen.line("α²ρ² is exact for every variant.")
        return
    low = "low" if found.difference_percent > 0 else "high"
    screen.line(
        f"α²ρ² is off the most at width {format_decimal(net.width)}, resolution "
        f"{net.resolution}: too {low} by "
        f"{format_percent(abs(found.difference_percent))} of {format_count(found.exact)} MAdds.",
    )
    grid = Grid((Column("because of", fold=True), Column("MAdds", right=True), Column("", True)))
    for reason in found.records():
        grid.add(
            reason["reason"],
            format_signed(round(reason["madds"])),
            format_signed_percent(reason["percent"]),
        )
    screen.table(grid)


def _names(head: Head, digest: Digest, *, several: bool) -> list[str]:
    """Return the columns worth showing: what never varies stands in the title."""
    pruned = any(record["prune"] not in (0, "") for record in (*digest.first, *digest.last))
    silent = {"model"} if not several else set()
    return [n for n in head.columns if n not in silent and (n != "prune" or pruned)]


def _grid(digest: Digest, names: Sequence[str], *, exact: bool) -> Grid:
    columns = [
        Column(
            "px" if name == "resolution" and not exact else _HEADS.get(name, name),
            right=name in ("width", "resolution") or name in digest.quantities,
            fold=name in ("model", "prune", "set", "layer", "op"),
        )
        for name in names
    ]
    grid = Grid(tuple(columns))

    def add(record: Record, style: str = "") -> None:
        grid.add(*(_cell(name, record.get(name, ""), exact=exact) for name in names), style=style)

    for record in digest.first:
        add(record)
    if digest.hidden:
        grid.add("…", *[""] * (len(names) - 1), style="dim")
    for record in digest.last:
        add(record)
    if digest.count > 1:
        add({names[0]: "least", **digest.lowest}, "bold")
        add({names[0]: "most", **digest.highest}, "bold")
    return grid


def _cell(name: str, value: Any, *, exact: bool) -> str:
    if isinstance(value, str):
        return value
    if name == "difference_percent":
        return format_percent(value)
    if name == "closed_form":
        return format_exact(round(value)) if exact else format_count(round(value))
    if name in ("width", "prune"):
        return format_decimal(value)
    if name == "resolution":
        return str(value)
    short: Callable[[int], str] = format_bytes if name.endswith("_bytes") else format_count
    return format_exact(value) if exact else short(value)
