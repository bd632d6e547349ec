"""``archcalc count``: the cost of a net, and a gate for budgets."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import OptionInfo

from archcalc.cli._bundles import Counting, Variant
from archcalc.cli._options import Convention, Model, complete_key, limit
from archcalc.cli._output import Output

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


def _most(option: str, what: str, example: str) -> OptionInfo:
    return limit(option, f"Exit with code 1 where the net has more {what}.", example)


def count(
    model: Model,
    *,
    by: By = None,
    convention: Convention = "paper",
    variant: Variant,
    counting: Counting,
    max_madds: Annotated[str | None, _most("--max-madds", "MAdds", "300M")] = None,
    max_params: Annotated[str | None, _most("--max-params", "parameters", "3.5M")] = None,
    max_weight_bytes: Annotated[
        str | None, _most("--max-weight-bytes", "bytes of weights", "4MiB")
    ] = None,
    max_peak_memory: Annotated[
        str | None, _most("--max-peak-memory", "bytes of live activations", "2MiB")
    ] = None,
    output: Output,
) -> None:
    """Count multiply-adds, parameters and memory, layer by layer."""
    from archcalc.cli._model import net_of
    from archcalc.cost.counting.gate import hold_to, limits_of
    from archcalc.cost.counting.table import count as count_net

    limits = limits_of(
        {
            "madds": max_madds,
            "params": max_params,
            "weight_bytes": max_weight_bytes,
            "peak_memory": max_peak_memory,
        },
        prefix="--max-",
    )
    table = count_net(net_of(model, variant), convention, **vars(counting))
    output.emit(table if by is None else table.by(by))
    hold_to(table, limits)
