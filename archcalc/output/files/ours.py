"""Recognises files written by archcalc: only those are overwritten without ``force``.

Text formats end with a seal, a comment with a digest of the text above it, so that an edited file,
or one with a pasted table, is not recognised. Other formats name ``GENERATOR`` in their properties.
csv and json have room for neither: they are recognised by the head of the table to write.

A writer calls ``guard(path, data, force=force)`` right before it writes, and
``guard(path, force=force)`` before a long computation.
"""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archcalc._version import __version__
from archcalc.base.errors import ArchcalcError

GENERATOR = f"archcalc {__version__}"
"""The program named in a file: HTML's generator, a PDF's producer, PNG's software."""

_COMMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "html": ("<!-- ", " -->"),
        "md": ("<!-- ", " -->"),
        "svg": ("<!-- ", " -->"),
        "tex": ("% ", ""),
        "yaml": ("# ", ""),
    }
)
"""How a comment begins and ends in each text format that has them."""

_SEAL = re.compile(
    rb"^(?:<!--|[%#]) archcalc [0-9][^ \n]{0,20} sha256:([0-9a-f]{16})(?: -->)?\s*\Z", re.MULTILINE
)
_PDF_MARK = re.compile(rb"/(?:Creator|Producer)\s*\(archcalc |^%archcalc ", re.MULTILINE)
_MARK = re.compile(rb"archcalc [0-9]")
_LONGEST_SEAL = 200
_HEAD = 2**16


class NotOurs(ArchcalcError):
    """The file to write exists and was not written by archcalc."""


class Seal:
    """The digest of a text while it is written; `line` is the comment that ends the file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._digest = sha256()

    def take(self, text: str) -> None:
        """Add written text."""
        self._digest.update(text.replace("\r\n", "\n").encode())

    def line(self) -> str:
        """Return the comment, with an empty line before it where Markdown needs one.

        Nothing for a format without comments.
        """
        if self._name not in _COMMENTS:
            return ""
        begin, end = _COMMENTS[self._name]
        space = "\n" if self._name == "md" else ""
        return f"{space}{begin}{GENERATOR} sha256:{self._digest.hexdigest()[:16]}{end}\n"


def sealed(text: str, name: str) -> str:
    """Return a text with its seal, where its format has comments.

    >>> print(sealed("a: 1\\n", "yaml").partition(" 0")[0])
    a: 1
    # archcalc
    """
    seal = Seal(name)
    seal.take(text)
    return text + seal.line()


def marked(data: bytes, name: str) -> bytes:
    """Return a PDF or a PNG with archcalc in its properties, for writers that cannot set them."""
    if _CHECKS[name](data):
        return data
    if name == "pdf":
        return data.rstrip() + f"\n%{GENERATOR}\n".encode()
    end = data.index(b"IDAT") - 4
    text = b"tEXtSoftware\0" + GENERATOR.encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return data[:end] + chunk + data[end:]


def guard(path: str | Path, data: bytes | None = None, *, force: bool = False) -> None:
    """Raise NotOurs where ``path`` is a file that archcalc did not write.

    ``data``: the new content; without it csv and json files pass unchecked. Empty files pass.
    """
    path = Path(path)
    try:
        if force or not path.is_file() or path.stat().st_size == 0:
            return
        ours = _is_ours(path, data)
    except OSError as error:
        raise ArchcalcError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:  # a path with a NUL
        raise ArchcalcError(f"{str(path)!r}: {error}") from None
    if not ours:
        raise NotOurs(f"{path}: exists and is not as archcalc wrote it; --force overwrites it")


def _is_ours(path: Path, data: bytes | None) -> bool:
    name = path.suffix.lower().removeprefix(".")
    if name in ("csv", "json"):
        head = _HEADS[name](path.read_bytes())
        return data is None or (head is not None and head == _HEADS[name](data))
    check = _CHECKS.get(name)
    return check is not None and check(path.read_bytes())


def _is_sealed(data: bytes) -> bool:
    end = data[-_LONGEST_SEAL:]
    found = _SEAL.search(end)
    if found is None:
        return False
    above = data[: len(data) - len(end) + found.start()].replace(b"\r\n", b"\n")
    # the empty line above Markdown's seal is not part of the text
    texts = (above, above.removesuffix(b"\n"))
    return any(sha256(text).hexdigest()[:16].encode() == found[1] for text in texts)


def _chart_or_seal(data: bytes) -> bool:
    return _is_sealed(data) or b"<dc:title>archcalc " in data[:_HEAD]


def _page(data: bytes) -> bool:
    if _SEAL.search(data[-_LONGEST_SEAL:]):
        return _is_sealed(data)
    generator = re.compile(rb"<meta\s+name=\"?generator\"?\s+content=\"?archcalc ")
    return generator.search(data[:_HEAD]) is not None


def _pdf(data: bytes) -> bool:
    texts = (data, *map(_inflated, re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)))
    return any(_PDF_MARK.search(text) for text in texts)


def _inflated(stream: bytes) -> bytes:
    """Return the beginning of a compressed stream: properties may lie in one."""
    try:
        return zlib.decompressobj().decompress(stream, _HEAD)
    except zlib.error:
        return b""


def _png(data: bytes) -> bool:
    return any(
        kind == b"tEXt" and text.startswith(b"Software\0archcalc") for kind, text in chunks(data)
    )


def _workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = [name for name in book.namelist() if name.startswith("docProps/")]
            return any(_MARK.search(book.read(name)) for name in names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError):
        return False


def _parquet(data: bytes) -> bool:
    """Return whether the footer has our metadata; it lies uncompressed before its length."""
    if data[-4:] != b"PAR1" or len(data) < 12:
        return False
    (length,) = struct.unpack("<I", data[-8:-4])
    return b"archcalc" in data[-8 - length : -8]


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (type, content) of every chunk of a PNG; of anything else none."""
    place = 8
    while data.startswith(b"\x89PNG\r\n\x1a\n") and place + 12 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


_CHECKS: Mapping[str, Callable[[bytes], bool]] = MappingProxyType(
    {
        "html": _page,
        "md": _is_sealed,
        "parquet": _parquet,
        "pdf": _pdf,
        "png": _png,
        "svg": _chart_or_seal,
        "tex": _is_sealed,
        "xlsx": _workbook,
        "yaml": _is_sealed,
        "yml": _is_sealed,
    }
)


def _csv_head(data: bytes) -> Any:
    try:
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        return next(csv.reader(text), [])
    except (UnicodeDecodeError, csv.Error):
        return None


def _json_head(data: bytes) -> Any:
    """Return the keys of an object, or of the first object of a list."""
    try:
        text = data.decode("utf-8-sig")
        if text.lstrip().startswith("["):  # of a long list the first record is enough
            inside = text.lstrip()[1:].lstrip()
            value, _ = json.JSONDecoder().raw_decode(inside) if inside[:1] != "]" else ({}, 0)
        else:
            value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return list(value) if isinstance(value, dict) else None


_HEADS: Mapping[str, Callable[[bytes], Any]] = MappingProxyType(
    {"csv": _csv_head, "json": _json_head}
)
