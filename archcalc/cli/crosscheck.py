"""``archcalc crosscheck``: our counts beside those of other counters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from archcalc.cli._blocks import below_blocks
from archcalc.cli._options import (
    Files,
    Format,
    Model,
    Multiple,
    Param,
    Prune,
    Resolution,
    Width,
)
from archcalc.cli._output import TABLE, Output, tell
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.tables import Record, Table
from archcalc.units import format_exact

if TYPE_CHECKING:
    from archcalc.graph import Net
    from archcalc.nets.crosscheck_table import CrosscheckTable

EXAMPLE = "archcalc crosscheck mobilenet_v1"

TOOLS = {"ours": "archcalc", "fvcore": "fvcore", "flopcounter": "FlopCounter"}
"""Names for people, in the order of the columns."""


def crosscheck(
    model: Model,
    *,
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    format_: Format = TABLE,
    output: Files = None,
) -> None:
    """Compare with fvcore and FlopCounterMode, layer by layer."""
    from archcalc import crosscheck as crosscheck_net
    from archcalc.cli._model import net_of

    chosen = Output.of(format_, output)
    net = net_of(
        model, width=width, resolution=resolution, prune=prune, multiple=multiple, param=param
    )
    table = Crosschecked(crosscheck_net(net))
    chosen.emit(table, lambda screen: _show(table, net, screen))
    if not table.found.equal:
        tell("crosscheck failed: the counters disagree where they should not", style="red")
        raise typer.Exit(1)


@dataclass(frozen=True)
class Crosschecked(Table):
    """A crosscheck with its remarks in words."""

    found: CrosscheckTable

    @property
    def title(self) -> str:
        channels, height, width = self.found.input
        return f"{self.found.model} · {height}x{width}x{channels} · multiply-adds by three counters"

    def to_dict(self) -> Record:
        return self.found.to_dict()

    def records(self) -> list[Record]:
        return self.found.records()

    def notes(self) -> Sequence[str]:
        """Return each tool's difference by term, and what it did not count."""
        found = self.found
        notes = []
        for tool, terms in found.differences.items():
            more = {name: number for name, number in terms.items() if number}
            parts = [f"{name} {format_exact(number)}" for name, number in more.items()]
            difference = format_exact(found.totals[tool] - found.totals["ours"])
            named = f": {', '.join(parts)}" if parts else ""
            notes.append(f"{TOOLS[tool]} - archcalc = {difference}{named}")
        for tool, names in found.uncounted.items():
            if names:
                listed = ", ".join(f"{name} ({number})" for name, number in names.items())
                notes.append(f"{TOOLS[tool]} met and did not count: {listed}")
        if found.at_least:
            notes.append("archcalc does not know every layer: its total is at least this")
        return notes


def _show(table: Crosschecked, net: Net, screen: Screen) -> None:
    found = table.found
    screen.line(table.title, "bold")
    grid = Grid(
        (
            Column("layer", fold=True),
            Column("op", fold=True),
            *(Column(name, right=True) for name in TOOLS.values()),
            Column(""),
        )
    )
    labels = below_blocks(net, [(row.id,) for row in found.layers])
    for row, (block, label) in zip(found.layers, labels, strict=True):
        if block is not None:
            grid.add(block, *[""] * (len(grid.columns) - 1), style="bold")
        counts = [row.ours, row.fvcore, row.flopcounter]
        grid.add(
            label,
            row.op,
            *("" if number is None else format_exact(number) for number in counts),
            {True: "=", False: "differs", None: "unknown"}[row.equal],
            style="" if row.equal else "bold red",
        )
    totals = [found.totals[tool] for tool in TOOLS]
    grid.add("total", "", *map(format_exact, totals), "", style="bold")
    screen.table(grid)
    screen.blank()
    screen.items(("·", note) for note in table.notes())
    if found.equal:
        screen.line("every layer is equal to the unit; the differences add up exactly", "green")
    else:
        screen.line("the counters disagree", "bold red")
