"""``archcalc diff``: two nets side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._options import (
    Batch,
    Convention,
    Dtype,
    Files,
    Force,
    Format,
    Lang,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
    complete_model,
)
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc diff mobilenet_v2 mobilenet_v2@0.75-160"

Left = Annotated[
    str, typer.Argument(metavar="A", help="The first net.", autocompletion=complete_model)
]
Right = Annotated[
    str,
    typer.Argument(
        metavar="B", help="The second net, or another variant.", autocompletion=complete_model
    ),
]


def diff(
    a: Left,
    b: Right,
    *,
    convention: Convention = "paper",
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    batch: Batch = 1,
    dtype: Dtype = "f32",
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Compare two nets, or two variants of one, block by block.

    Options apply to both, and stand before what NAME@WIDTH-RESOLUTION says. NAME+residual=none is
    a net with transforms of its own (list --transforms).
    """
    from archcalc.cli._model import net_of
    from archcalc.cost.counting.diff import diff as compare
    from archcalc.cost.counting.table import count

    chosen = Output.of(format_, output, force=force, language=lang)
    tables = [
        count(
            net_of(
                model,
                width=width,
                resolution=resolution,
                prune=prune,
                multiple=multiple,
                param=param,
                sets=set_,
            ),
            convention,
            batch=batch,
            dtype=dtype,
        )
        for model in (a, b)
    ]
    chosen.emit(compare(*tables))
