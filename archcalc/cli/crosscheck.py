"""``archcalc crosscheck``: our counts beside those of other counters."""

from __future__ import annotations

import typer

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
    chosen.emit(table, net=net)
    if not table.equal:
        tell("crosscheck failed: the counters disagree where they should not", style="red")
        raise typer.Exit(1)
