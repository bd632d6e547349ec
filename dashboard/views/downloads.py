"""What a view can be taken away as: a name of a file, and what writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from archcalc.errors import MissingPackage
from archcalc.formats import format_names, format_of
from archcalc.tables import Table

_MIME = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "tex": "application/x-tex",
    "html": "text/html",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Download:
    """A file: its name, its kind, and what makes its bytes when it is asked for."""

    file: str
    make: Callable[[], bytes]

    @property
    def suffix(self) -> str:
        """The suffix without its dot."""
        return self.file.rpartition(".")[2]

    @property
    def mime(self) -> str:
        """The media type."""
        return _MIME.get(self.suffix, "application/octet-stream")


def of_table(table: Table, name: str) -> list[Download]:
    """Return a table in every format that is installed; ``name`` is made fit for a file."""
    stem = file_stem(name)
    return [
        Download(f"{stem}.{suffix}", partial(_encoded, table, suffix))
        for suffix in format_names()
        if _is_installed(suffix)
    ]


def file_stem(name: str) -> str:
    """Return a name as every system takes it for a file.

    >>> file_stem("mobilenet_v2@0.75-160 pruned 0.3")
    'mobilenet_v2@0.75-160_pruned_0.3'
    """
    return re.sub(r"[^\w@.+-]+", "_", name).strip("_.")[:100] or "archcalc"


def _encoded(table: Table, suffix: str) -> bytes:
    return format_of(f"x.{suffix}").encode(table)


def _is_installed(suffix: str) -> bool:
    try:
        format_of(f"x.{suffix}")
    except MissingPackage:
        return False
    return True
