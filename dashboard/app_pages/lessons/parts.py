"""The lessons, one a file, each as a page is: ``show(here)``, and the ``FIELDS`` that it keeps.

A file that is put here is a lesson; its `data_NAME.py` stands beside it. What a lesson
needs of torch or scikit-learn is imported when it is shown, and not before.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from dashboard.shell.scan import part_names

_FIRST = ("separable", "activations", "squeeze_excite", "relu_manifold")


def lesson_names() -> list[str]:
    """Return the names of the lessons, in the order of the screen."""
    return part_names(__package__, "show", _FIRST)


def lesson_module(name: str) -> ModuleType:
    """Return a lesson's file."""
    return importlib.import_module(f"dashboard.app_pages.lessons.show_{name}")
