"""``archcalc runtimes``: what can run a net to be measured."""

from __future__ import annotations

from archcalc.cli._options import Files, Force, Format, Lang
from archcalc.cli._output import TABLE, Output

EXAMPLE = "archcalc runtimes"


def runtimes(
    format_: Format = TABLE, output: Files = None, force: Force = False, lang: Lang = "en"
) -> None:
    """List what can run a net to be measured."""
    from archcalc.models.latency.runtime_table import runtime_table

    Output.of(format_, output, force=force, language=lang).emit(runtime_table())
