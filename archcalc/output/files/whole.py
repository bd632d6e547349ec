"""A file that appears whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archcalc.base.errors import ArchcalcError


@contextmanager
def whole_file(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file that replaces ``path`` when the block ends without an exception.

    Its folder is made as needed; on failure what was there before is still there, unchanged. A
    link keeps pointing at the file that is written, and a file keeps its mode.
    """
    path = Path(path)
    try:
        target = path.resolve() if path.is_symlink() else path
        part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
        if target.is_dir():
            raise ArchcalcError(f"{path}: is a folder")
        _make_folder(target.parent)
        try:
            with part.open("xb") as file:
                yield file
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)  # in one folder, so in one step
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ArchcalcError(f"{path}: {error.strerror or error}") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ArchcalcError(f"{folder}: is not a folder") from None
