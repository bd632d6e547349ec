"""``archcalc sweep``: the costs of many variants, printed in short and written in full."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcalc.cli._options import (
    Batch,
    Convention,
    Dtype,
    Force,
    Format,
    Lang,
    Multiple,
    Param,
    complete_model,
)
from archcalc.cli._output import TABLE

EXAMPLE = "archcalc sweep mobilenet_v2 --widths 0.5:1:0.25 -o grid.csv"

_RANGE = "START:STOP:STEP, or values with commas"


def sweep(
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL...",
            help="Names of the zoo or spec files.",
            autocompletion=complete_model,
        ),
    ],
    *,
    widths: Annotated[
        str,
        typer.Option("--widths", metavar="RANGE", help=f"Width multipliers: {_RANGE}."),
    ] = "1",
    resolutions: Annotated[
        str | None,
        typer.Option(
            "--resolutions",
            metavar="RANGE",
            help="Input sides in pixels, likewise; 224x160 where not square. Default: the paper's.",
        ),
    ] = None,
    prunes: Annotated[
        list[str] | None,
        typer.Option(
            "--prunes",
            metavar="[NAME=]RANGE",
            help="Shares of the channels to cut after width, likewise; of one group, row or "
            "stage_N. Repeatable: every combination.",
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE[/VALUE...]",
            help="A transform for every variant: act=relu, se=on, kernel=5, head=classes:10. "
            "Several values are alternatives, 'printed' the paper's own: "
            "act=printed/relu. Repeatable: every combination.",
        ),
    ] = None,
    convention: Convention = "paper",
    multiple: Multiple = 8,
    param: Param = None,
    batch: Batch = 1,
    dtype: Dtype = "f32",
    layers: Annotated[
        bool, typer.Option("--layers", help="One record for each variant and layer.")
    ] = False,
    closed_form: Annotated[
        bool,
        typer.Option(
            "--closed-form", help="α²ρ² beside the exact MAdds: how far it is off, and why."
        ),
    ] = False,
    format_: Format = TABLE,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write every record: .csv, .json, .md, .parquet. Repeatable.",
        ),
    ] = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Count every combination of widths, sizes and prune ratios."""
    from archcalc.cli._sweep import Wanted, run

    run(
        Wanted(
            models=models,
            widths=widths,
            resolutions=resolutions,
            prunes=prunes or [],
            sets=set_ or [],
            convention=convention,
            multiple=multiple,
            param=param or [],
            batch=batch,
            dtype=dtype,
            layers=layers,
            closed_form=closed_form,
        ),
        format_,
        output or [],
        force=force,
        language=lang,
    )
