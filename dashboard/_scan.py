"""Parts of a page that stand in a folder, one a file: found by scanning it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence


def part_names(folder: Iterable[str], first: Sequence[str]) -> list[str]:
    """Return the names of a package's files, those in ``first`` before the others.

    ``folder``: the package's ``__path__``. Names with an underscore before them are no parts.
    """
    found = {info.name for info in pkgutil.iter_modules(folder) if not info.name.startswith("_")}
    return [*(name for name in first if name in found), *sorted(found.difference(first))]
