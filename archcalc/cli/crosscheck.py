"""``archcalc crosscheck``: our counts against those of other counters."""

from __future__ import annotations

import typer

from archcalc.cli._bundles import Variant
from archcalc.cli._options import Model
from archcalc.cli._output import Output, print_err

EXAMPLE = "archcalc crosscheck mobilenet_v1"


def crosscheck(
    model: Model,
    *,
    variant: Variant,
    output: Output,
) -> None:
    """Compare with fvcore and FlopCounterMode, layer by layer."""
    from archcalc.cli._model import net_of
    from archcalc.models.nets.crosscheck import crosscheck as crosscheck_net

    net = net_of(model, variant)
    table = crosscheck_net(net)
    output.emit(table, net=net)
    if not table.equal:
        print_err("crosscheck failed: the counters disagree where they should not", style="red")
        raise typer.Exit(1)
