"""PDF engines, one a file, found by scanning the folder.

A file defines ``ENGINE``. The first available one, by ``place``, is used.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from archcalc.output.reporting.engines._base import Engine, EngineFailed

__all__ = ["Engine", "EngineFailed", "engines"]


@cache
def engines() -> Mapping[str, Engine]:
    """Return every engine by its name, the preferred one first."""
    names = [info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name[0] != "_"]
    found: list[Engine] = [module.ENGINE for module in modules]
    return {one.name: one for one in sorted(found, key=lambda one: one.place)}
