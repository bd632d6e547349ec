"""``archcalc list``: the zoo, with totals, or the transforms."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._output import Output

EXAMPLE = "archcalc list --format csv"


def list_(
    *,
    transforms: Annotated[
        bool, typer.Option("--transforms", help="List what --set can change instead.")
    ] = False,
    output: Output,
) -> None:
    """List the zoo, every net with its input and totals."""
    from archcalc.cost.counting.zoo import TransformTable, zoo_table

    output.emit(TransformTable() if transforms else zoo_table())
