"""Writers of tables: one format a file, found by scanning the folder.

`write` chooses the format by a path's suffix, `dumps` by its name. They write a table's
`to_dict`, `records`, `title` and `notes`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from archcalc.base.errors import ArchcalcError, UnknownName, known_names
from archcalc.base.tables import Table
from archcalc.output.files.whole import whole_file
from archcalc.output.formats._base import Format, TextFormat

__all__ = [
    "Format",
    "TextFormat",
    "dumps",
    "format_names",
    "format_of",
    "text_names",
    "write",
    "write_bytes",
]


@cache
def _formats() -> Mapping[str, Format]:
    """Return every format by its name, which is its suffix without the dot."""
    files = [info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [
        importlib.import_module(f"archcalc.output.formats.{name}")
        for name in files
        if not name.startswith("_")
    ]
    found = [module.FORMAT for module in modules]
    return {one.name: one for one in sorted(found, key=lambda one: str(one.name))}


def format_names() -> list[str]:
    """Return the names of all formats of files, sorted."""
    return list(_formats())


def text_names() -> list[str]:
    """Return the names of the text formats, sorted."""
    return [name for name, one in _formats().items() if isinstance(one, TextFormat)]


def format_of(path: str | Path) -> Format:
    """Return the format for a file's suffix.

    Raises ArchcalcError for an unknown one, with the known ones, and MissingPackage.
    """
    suffix = Path(path).suffix.lower()
    found = _formats().get(suffix.removeprefix("."))
    if not suffix or found is None:
        known = [f".{name}" for name in _formats()]
        what = f"unknown suffix '{suffix}'" if suffix else "a suffix is needed"
        raise ArchcalcError(f"{path}: {what}{known_names(suffix, known)}")
    found.require()
    return found


def dumps(table: Table, format: str, language: str = "en") -> str:  # noqa: A002 - the command's option has this name
    """Return ``table`` as text in a format: "csv", "json", "md" or "tex".

    ``language``: "en" or "zh", for md and tex.
    """
    found = _formats().get(format)
    if not isinstance(found, TextFormat):
        raise UnknownName("format", format, text_names())
    return found.dumps(table, language)


def write(table: Table, path: str | Path) -> Path:
    """Write ``table`` to ``path`` in the format of its suffix, and return the path.

    Folders are made as needed. Writing is atomic: on failure an existing file is unchanged.
    """
    return write_bytes(format_of(path).encode(table), path)


def write_bytes(data: bytes, path: str | Path) -> Path:
    """Write a file atomically, making its folder as needed."""
    path = Path(path)
    try:
        with whole_file(path) as file:
            file.write(data)
    except ValueError as error:  # a path with a NUL
        raise ArchcalcError(f"{str(path)!r}: {error}") from None
    return path
