"""``archcalc check``: what papers print against what is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from archcalc.cli._options import TABLE, SpecNames
from archcalc.cli._output import Output, print_err, show_section

if TYPE_CHECKING:
    from archcalc.language.spec.spec import Spec

EXAMPLE = "archcalc check mobilenet_v2 my_net.yaml"


def check(models: SpecNames = None, *, output: Output) -> None:
    """Compare every figure that papers print with the computed one.

    A file of your own is validated, with or without claims.
    """
    from archcalc.base.messages import messages
    from archcalc.cost.claims.judge import check_all
    from archcalc.language.spec.find import zoo_names
    from archcalc.output.present.claims import unclaimed

    specs = _load_all(models or zoo_names())
    claims = check_all(specs)
    silent = [spec for spec in specs if not spec.claims]

    if output.format == TABLE:
        for spec in silent:
            show_section(unclaimed(spec, messages(output.language)), output.language)
    if claims.results or output.format != TABLE:
        output.emit(claims)
    if not claims.passed:
        differing = claims.verdicts["differs"]
        print_err(f"check failed: {differing} of {len(claims.results)} figures differ", style="red")
        raise typer.Exit(1)


def _load_all(models: list[str]) -> list[Spec]:
    """Load every spec; errors of all files are reported together."""
    from archcalc.base.errors import ArchcalcError
    from archcalc.cli._model import spec_of
    from archcalc.cost.claims.pitfalls import count_pitfalls

    specs, errors = [], []
    for model in dict.fromkeys(models):
        try:
            spec = spec_of(model)
            count_pitfalls(spec)
            specs.append(spec)
        except ArchcalcError as error:
            errors.append(str(error))
    if errors:
        raise ArchcalcError("\n".join(errors))
    return specs
