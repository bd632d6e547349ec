"""``archcalc sweep``: the costs of many variants, printed in short and written in full."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from archcalc.cli._bundles import Sweeping
from archcalc.cli._options import complete_model
from archcalc.cli._output import Output

EXAMPLE = "archcalc sweep mobilenet_v2 --widths 0.5:1:0.25 -o grid.csv"


@dataclass(frozen=True)
class Records(Output):
    """The common output options; files have all records, the screen a digest."""

    paths: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write every record: .csv, .json, .md, .parquet. Repeatable.",
        ),
    ] = None


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
    wanted: Sweeping,
    output: Records,
) -> None:
    """Count every combination of widths, sizes and prune ratios."""
    from archcalc.cli._sweep import run

    run(models, wanted, output)
