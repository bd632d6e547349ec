"""``archcalc diff``: two nets side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from archcalc.cli._bundles import Counting, Variant
from archcalc.cli._options import Convention, complete_model
from archcalc.cli._output import Output

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
    variant: Variant,
    counting: Counting,
    output: Output,
) -> None:
    """Compare two nets, or two variants of one, block by block.

    Options apply to both, and override NAME@WIDTH-RESOLUTION. NAME+residual=none is
    a net with transforms of its own (list --transforms).
    """
    from archcalc.cli._model import net_of
    from archcalc.cost.counting.diff import diff as compare
    from archcalc.cost.counting.table import count

    tables = [count(net_of(model, variant), convention, **vars(counting)) for model in (a, b)]
    output.emit(compare(*tables))
