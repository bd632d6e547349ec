"""Parts of a page, one a file of its folder, named with a common beginning: found by scanning."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module


def part_names(package: str, kind: str, first: Sequence[str]) -> list[str]:
    """Return NAME of each file ``KIND_NAME.py`` of a package, those in ``first`` before the others.

    >>> part_names("dashboard.app_pages.latency", "tab", ("method",))[0]
    'method'
    """
    names = (info.name for info in pkgutil.iter_modules(import_module(package).__path__))
    found = {name.removeprefix(f"{kind}_") for name in names if name.startswith(f"{kind}_")}
    return [*(name for name in first if name in found), *sorted(found.difference(first))]
