"""What Latency shows of a measurement, a tab a file: ``show(here, measured)``.

A file that is put here is a tab, named by ``dashboard_latency.NAME_title``: roofline and
prediction have their place here. A runtime is no tab: one that is put into
`archcalc/latency/runtimes` can be chosen by itself.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from dashboard._scan import part_names

_FIRST = ("operators", "layers", "method", "phones")


def tab_names() -> list[str]:
    """Return the names of the tabs, in the order of the screen."""
    return part_names(__path__, _FIRST)


def tab_module(name: str) -> ModuleType:
    """Return a tab's file."""
    return importlib.import_module(f"dashboard._latency.{name}")
