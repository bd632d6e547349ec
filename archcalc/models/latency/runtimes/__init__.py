"""What can run a net: one runtime a file, found by scanning this folder.

The file's name is the runtime's name; it holds a `Runtime` as ``RUNTIME``. A file is imported
only when its runtime is asked for, so a runtime whose package is missing disturbs no other.
"""

from archcalc.models.latency.runtimes._base import Prepared, Runtime
from archcalc.models.latency.runtimes._registry import get_runtime, runtime_names

__all__ = ["Prepared", "Runtime", "get_runtime", "runtime_names"]
