"""Runtimes, one a file; found by scanning this folder.

The file's name is the runtime's name; it holds a `Runtime` as ``RUNTIME``. A file is imported
only when its runtime is used, so a missing package affects only its own runtime.
"""

import importlib
import pkgutil
from pathlib import Path

from archcalc.base.errors import UnknownName
from archcalc.models.latency.runtimes._base import Prepared, Runtime

__all__ = ["Prepared", "Runtime", "get_runtime", "runtime_names"]


def runtime_names() -> tuple[str, ...]:
    """Return the names of all runtimes, in alphabetical order."""
    files = pkgutil.iter_modules([str(Path(__file__).parent)])
    return tuple(sorted(file.name for file in files if not file.name.startswith("_")))


def get_runtime(name: str) -> Runtime:
    """Return a runtime; raises UnknownName, which lists the known ones."""
    if name not in runtime_names():
        raise UnknownName("runtime", name, runtime_names())
    runtime = importlib.import_module(f"archcalc.models.latency.runtimes.{name}").RUNTIME
    assert isinstance(runtime, Runtime), name
    return runtime
