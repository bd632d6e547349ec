"""``archcalc list``: the zoo, with totals, or the transforms."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._options import Files, Force, Format, Lang
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc list --format csv"


def list_(
    transforms: Annotated[
        bool, typer.Option("--transforms", help="List what --set can change instead.")
    ] = False,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """List the zoo, every net with its input and totals."""
    from archcalc.cost.counting.zoo import TransformTable, zoo_table

    chosen = Output.of(format_, output, force=force, language=lang)
    chosen.emit(TransformTable() if transforms else zoo_table())
