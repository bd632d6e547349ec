"""What Multipliers can be taken away as: the variants in figures, the plane, and its curves."""

from __future__ import annotations

from dataclasses import replace

from archcalc import Net
from archcalc.base.tables import Table
from dashboard.app_pages.multipliers.data_accuracy import variants_of
from dashboard.app_pages.multipliers.data_equal_cost import equal_of
from dashboard.app_pages.multipliers.data_multipliers import fine_grid_of, grid_of
from dashboard.kit.downloads import Download, of_table
from dashboard.shell.choice import Choice

_PLAIN = ("csv", "json")
"""The formats of what programs read: it has hundreds of rows."""


def files_of(net: Net, choice: Choice, cost: str) -> list[Download]:
    """Return the files of a net's page; ``cost``: what its curves of equal cost are of."""
    found = _named(variants_of(net.spec, choice), f"{net.title} variants", "variants")
    found += _plain(grid_of(net, choice), f"{net.title} plane", "plane")
    if net.spec.rounding is not None:
        curves = equal_of(net, choice, cost, fine_grid_of(net, choice))
        found += _plain(curves, f"{net.title} equal {cost}", "curves")
    return found


def _plain(table: Table, name: str, what: str) -> list[Download]:
    return [one for one in _named(table, name, what) if one.suffix in _PLAIN]


def _named(table: Table, name: str, what: str) -> list[Download]:
    words = f"dashboard_multipliers.file_{what}"
    return [replace(one, what=words) for one in of_table(table, name)]
