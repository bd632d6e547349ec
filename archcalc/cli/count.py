"""``archcalc count``: the cost of a net, and a gate for budgets."""

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
    Model,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
    complete_key,
)
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc count mobilenet_v2@0.75 --max-madds 210M -o costs.csv"

By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="layer|block|row|op|stage",
        help="Sum layers; without it every layer is printed.",
        autocompletion=complete_key,
    ),
]


def _most(option: str, what: str, example: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(
        option, metavar=example, help=f"Exit with code 1 where the net has more {what}."
    )
    return info


def count(
    model: Model,
    *,
    by: By = None,
    convention: Convention = "paper",
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    batch: Batch = 1,
    dtype: Dtype = "f32",
    max_madds: Annotated[str | None, _most("--max-madds", "MAdds", "300M")] = None,
    max_params: Annotated[str | None, _most("--max-params", "parameters", "3.5M")] = None,
    max_weight_bytes: Annotated[
        str | None, _most("--max-weight-bytes", "bytes of weights", "4MiB")
    ] = None,
    max_peak_memory: Annotated[
        str | None, _most("--max-peak-memory", "bytes of live activations", "2MiB")
    ] = None,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Count multiply-adds, parameters and memory, layer by layer."""
    from archcalc.cli._budget import limits_of
    from archcalc.cli._model import net_of
    from archcalc.cost.counting.gate import hold_to
    from archcalc.cost.counting.table import count as count_net

    chosen = Output.of(format_, output, force=force, language=lang)
    limits = limits_of(
        madds=max_madds,
        params=max_params,
        weight_bytes=max_weight_bytes,
        peak_memory=max_peak_memory,
    )
    net = net_of(
        model,
        width=width,
        resolution=resolution,
        prune=prune,
        multiple=multiple,
        param=param,
        sets=set_,
    )
    table = count_net(net, convention, batch=batch, dtype=dtype)
    chosen.emit(table if by is None else table.by(by))
    hold_to(table, limits)
