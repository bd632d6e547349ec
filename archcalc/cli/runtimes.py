"""``archcalc runtimes``: the runtimes of `measure`."""

from __future__ import annotations

from archcalc.cli._output import Output

EXAMPLE = "archcalc runtimes"


def runtimes(output: Output) -> None:
    """List what can run a net to be measured."""
    from archcalc.models.latency.runtime_table import runtime_table

    output.emit(runtime_table())
