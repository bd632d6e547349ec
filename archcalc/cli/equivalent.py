"""``archcalc equivalent``: which width, resolution, prune ratio or net costs as much."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._bundles import Variant
from archcalc.cli._options import Convention, Dtype, Model, beginning
from archcalc.cli._output import Output

EXAMPLE = "archcalc equivalent mobilenet_v2 --resolution 160"


def complete_cost(incomplete: str) -> list[str]:
    """Costs that can be made equal."""
    from archcalc.cost.scaling.grid import QUANTITIES

    return beginning(incomplete, QUANTITIES)


By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="COST",
        help="The cost that is to be equal: madds, params, weight_bytes, peak_memory_bytes …",
        autocompletion=complete_cost,
    ),
]
Nets = Annotated[int, typer.Option("--nets", metavar="N", help="Other nets of the zoo to name.")]


def equivalent(
    model: Model,
    *,
    variant: Variant,
    by: By = "madds",
    nets: Nets = 3,
    convention: Convention = "paper",
    dtype: Dtype = "f32",
    output: Output,
) -> None:
    """Find the width, resolution, prune ratio or net of equal cost."""
    from archcalc.cli._model import prune_of, sized
    from archcalc.studies.budgets.equivalents import equivalent as equivalents

    spec, width, resolution = sized(model, variant)
    found = equivalents(
        spec,
        width=width,
        resolution=resolution,
        prune=prune_of(variant.prune),
        by=by,
        convention=convention,
        multiple=variant.multiple,
        dtype=dtype,
        nets=nets,
    )
    output.emit(found)
