"""``archcalc equivalent``: which width, resolution, prune ratio or net costs as much."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._options import (
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
)
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc equivalent mobilenet_v2 --resolution 160"


def complete_cost(incomplete: str) -> list[str]:
    """Costs that can be made equal."""
    from archcalc.cost.scaling.grid import QUANTITIES

    return [name for name in QUANTITIES if name.startswith(incomplete)]


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
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    by: By = "madds",
    nets: Nets = 3,
    convention: Convention = "paper",
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    dtype: Dtype = "f32",
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Find the width, resolution, prune ratio or net of equal cost."""
    from archcalc.cli._model import params_of, prune_of, variant_of
    from archcalc.language.loading import load
    from archcalc.language.transforms import transform
    from archcalc.studies.budgets import equivalent as equivalents

    chosen = Output.of(format_, output, force=force, language=lang)
    variant = variant_of(model)
    found = equivalents(
        transform(
            load(variant.name).with_params(**params_of(param)), [*variant.sets, *(set_ or ())]
        ),
        width=variant.width or None if width is None else width,
        resolution=variant.resolution or None if resolution is None else resolution,
        prune=prune_of(prune),
        by=by,
        convention=convention,
        multiple=multiple,
        dtype=dtype,
        nets=nets,
    )
    chosen.emit(found)
