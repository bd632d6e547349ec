"""``archcalc explain``: what is easily misread in the paper."""

from __future__ import annotations

from archcalc.cli._options import SpecName
from archcalc.cli._output import Output

EXAMPLE = "archcalc explain mobilenet_v3_small"

_FIGURES = 3
"""Figures of one remark on a screen; --format json has all."""


def explain(model: SpecName, output: Output) -> None:
    """Explain what is easily misread in the paper.

    Conventions, misprints and unstated settings, each with the figure before and after.
    """
    from archcalc.cli._model import spec_of
    from archcalc.cost.claims.explain import explain as explained

    output.emit(explained(spec_of(model)), figures=_FIGURES)
