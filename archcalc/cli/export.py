"""``archcalc export``: a net, or a part of it, as a file of any format."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Annotated

import typer

from archcalc.cli._bundles import Counting, Variant
from archcalc.cli._options import Convention, Force, Model, beginning
from archcalc.cli._output import print_err

EXAMPLE = "archcalc export mobilenet_v2 -o table.tex -o net.svg"


def complete_table(incomplete: str) -> list[tuple[str, str]]:
    """Contents of a net's files, with descriptions."""
    from archcalc.output.exporting.kinds import KINDS

    return [(name, KINDS[name].about) for name in beginning(incomplete, KINDS)]


def export(
    model: Model,
    *,
    output: Annotated[
        list[Path],
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="csv, json, md, parquet, tex, xlsx; svg, png; yaml; html, pdf. Repeatable.",
        ),
    ],
    table: Annotated[
        str | None,
        typer.Option(
            "--table",
            metavar="NAME",
            help="paper, layer, block, row, op, stage, claims, sweep, drawing, spec or report; "
            "without it the suffix says: layers for programs, the paper's table for documents.",
            autocompletion=complete_table,
        ),
    ] = None,
    costs: Annotated[
        bool,
        typer.Option("--costs/--no-costs", help="MAdds and params beside the paper's table."),
    ] = True,
    variant: Variant,
    convention: Convention = "paper",
    counting: Counting,
    force: Force = False,
) -> None:
    """Write a net as tables, pictures, a spec, a workbook, a report."""
    from archcalc.cli._model import net_of
    from archcalc.output.exporting.export import ExportOptions
    from archcalc.output.exporting.export import export as export_thing
    from archcalc.output.exporting.kinds import kind_of
    from archcalc.output.files.ours import guard

    kinds = [kind_of(path, table) for path in output]
    for path in output:
        guard(path, force=force)
    net = net_of(model, variant)
    options = ExportOptions(convention, **vars(counting), costs=costs)
    for kind, path in zip(kinds, output, strict=True):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            written = export_thing(kind.make(net, options), path, force=force)
        print_err(f"wrote {written}")
        for one in caught:
            print_err(str(one.message))
