"""``archcalc show``: the paper's table as printed."""

from __future__ import annotations

from archcalc.cli._options import SpecName
from archcalc.cli._output import Output

EXAMPLE = "archcalc show mobilenet_v1"


def show(model: SpecName, output: Output) -> None:
    """Show the paper's table as printed, with its errata marked."""
    from archcalc.cli._model import spec_of
    from archcalc.language.spec.paper_table import paper_table

    output.emit(paper_table(spec_of(model)))
