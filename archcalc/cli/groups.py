"""``archcalc groups``: which channels must keep one width."""

from __future__ import annotations

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
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc groups mobilenet_v2 --prune 0.5"


def groups(
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
    """List the channel groups: widths, rules, and the rows they tie."""
    from archcalc.cli._model import net_of
    from archcalc.language.graph.describe import GroupTable

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
    chosen.emit(GroupTable(net))
