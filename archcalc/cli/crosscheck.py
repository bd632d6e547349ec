"""``archcalc crosscheck``: our counts beside those of other counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from archcalc.base.units import format_exact
from archcalc.cli._blocks import below_blocks
from archcalc.cli._options import (
    Files,
    Force,
    Format,
    Lang,
    Model,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
)
from archcalc.cli._output import TABLE, Output, tell
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.models.nets.crosscheck_table import TOOLS, CrosscheckTable

if TYPE_CHECKING:
    from archcalc.language.graph import Net

EXAMPLE = "archcalc crosscheck mobilenet_v1"


def crosscheck(
    model: Model,
    *,
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Compare with fvcore and FlopCounterMode, layer by layer."""
    from archcalc.cli._model import net_of
    from archcalc.models.nets.crosscheck import crosscheck as crosscheck_net

    chosen = Output.of(format_, output, force=force, language=lang)
    net = net_of(
        model,
        width=width,
        resolution=resolution,
        prune=prune,
        multiple=multiple,
        param=param,
        sets=set_,
    )
    table = crosscheck_net(net)
    chosen.emit(table, lambda screen: _show(table, net, screen))
    if not table.equal:
        tell("crosscheck failed: the counters disagree where they should not", style="red")
        raise typer.Exit(1)


def _show(table: CrosscheckTable, net: Net, screen: Screen) -> None:
    screen.line(table.title, "bold")
    grid = Grid(
        (
            Column("layer", fold=True),
            Column("op", fold=True),
            *(Column(name, right=True) for name in TOOLS.values()),
            Column(""),
        )
    )
    labels = below_blocks(net, [(row.id,) for row in table.layers])
    for row, (block, label) in zip(table.layers, labels, strict=True):
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
    totals = [table.totals[tool] for tool in TOOLS]
    grid.add("total", "", *map(format_exact, totals), "", style="bold")
    screen.table(grid)
    screen.blank()
    screen.items(("·", note) for note in table.notes())
    if table.equal:
        screen.line("every layer is equal to the unit; the differences add up exactly", "green")
    else:
        screen.line("the counters disagree", "bold red")
