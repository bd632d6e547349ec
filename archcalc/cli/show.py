"""``archcalc show``: the paper's table as printed."""

from __future__ import annotations

from archcalc.cli._options import Files, Force, Format, Lang, SpecName
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc show mobilenet_v1"


def show(
    model: SpecName,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Show the paper's table as printed, with its errata marked."""
    from archcalc.cli._model import spec_of
    from archcalc.language.spec.paper_table import paper_table

    chosen = Output.of(format_, output, force=force, language=lang)
    table = paper_table(spec_of(model))
    chosen.emit(table)
