"""What Multipliers can be taken away as: the variants in figures, the plane, and its curves."""

from __future__ import annotations

from archcalc import Net
from dashboard.app_pages.multipliers.data_accuracy import variants_of
from dashboard.app_pages.multipliers.data_equal_cost import equal_of
from dashboard.app_pages.multipliers.data_multipliers import fine_grid_of, grid_of
from dashboard.kit.downloads import Download, for_programs, of_table
from dashboard.shell.choice import Choice


def files_of(net: Net, choice: Choice, cost: str) -> list[Download]:
    """Return the files of a net's page; ``cost``: what its curves of equal cost are of."""
    variants = variants_of(net.spec, choice)
    found = of_table(variants, f"{net.title} variants", _words("variants"))
    found += for_programs(grid_of(net, choice), f"{net.title} plane", _words("plane"))
    if net.spec.rounding is not None:
        curves = equal_of(net, choice, cost, fine_grid_of(net, choice))
        found += for_programs(curves, f"{net.title} equal {cost}", _words("curves"))
    return found


def _words(what: str) -> str:
    return f"dashboard_multipliers.file_{what}"
