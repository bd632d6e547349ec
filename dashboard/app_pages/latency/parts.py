"""What Latency shows of a measurement, a tab a file: ``show(here, measured)``.

A file that is put here is a tab, named by ``dashboard_latency.NAME_title``: roofline and
prediction have their place here. A runtime is no tab: one that is put into
`archcalc/models/latency/runtimes` can be chosen by itself.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from dashboard.shell.scan import part_names

_FIRST = ("operators", "layers", "method", "phones")


def tab_names() -> list[str]:
    """Return the names of the tabs, in the order of the screen."""
    return part_names(__package__, "tab", _FIRST)


def tab_module(name: str) -> ModuleType:
    """Return a tab's file."""
    return importlib.import_module(f"dashboard.app_pages.latency.tab_{name}")
