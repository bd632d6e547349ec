"""Which pages there are, and which parts of one are files of their own: found by scanning."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

_FIRST = (
    "explore", "multipliers", "pruning", "budget", "compare", "latency", "papers", "lessons",
    "your_model",
)  # fmt: skip
"""The order on the screen; a page that is not named here comes after these."""


def page_names() -> list[str]:
    """Return the names of the pages, in order: a name is a file's, and a path of the URL."""
    folder = Path(__file__).parents[1] / "app_pages"
    found = {info.name for info in pkgutil.iter_modules([str(folder)])}
    named = [name for name in _FIRST if name in found]
    return [*named, *sorted(found.difference(named))]


def page_module(name: str) -> ModuleType:
    """Return a page's file, imported when it is first shown."""
    return importlib.import_module(f"dashboard.app_pages.{name}.page")


def parts(package: str, kind: str, first: Sequence[str]) -> dict[str, ModuleType]:
    """Return each file ``KIND_NAME.py`` of a package by NAME, those in ``first`` before the others.

    >>> list(parts("dashboard.app_pages.latency", "tab", ("method",)))[:2]
    ['method', 'layers']
    """
    files = (info.name for info in pkgutil.iter_modules(importlib.import_module(package).__path__))
    found = {name.removeprefix(f"{kind}_") for name in files if name.startswith(f"{kind}_")}
    names = [*(name for name in first if name in found), *sorted(found.difference(first))]
    return {name: importlib.import_module(f"{package}.{kind}_{name}") for name in names}
