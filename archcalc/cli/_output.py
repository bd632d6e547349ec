"""Where a result goes: to stdout in one format, and to files by their suffix."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archcalc.base.document import Section
from archcalc.base.errors import UnknownName
from archcalc.base.messages import LANGUAGES, messages
from archcalc.base.plain import plain
from archcalc.base.tables import Table
from archcalc.output.files.ours import NotOurs, guard
from archcalc.output.formats import dumps, format_of, text_names, write_bytes
from archcalc.output.present import present

TABLE = "table"


class ReaderGone(Exception):
    """Whoever read our output has closed it."""


@dataclass(frozen=True)
class Output:
    """The ``--format`` of stdout, the files of ``-o`` and the ``--lang`` of both."""

    format: str
    paths: tuple[Path, ...]
    force: bool = False
    language: str = "en"

    @classmethod
    def of(
        cls,
        format: str,  # noqa: A002
        paths: Sequence[Path] | None,
        *,
        force: bool = False,
        language: str = "en",
    ) -> Output:
        """Check all of it before anything is computed.

        Raises ArchcalcError for an unknown format or language, and NotOurs.
        """
        if format != TABLE and format not in text_names():
            raise UnknownName("format", format, [*text_names(), TABLE])
        if language not in LANGUAGES:
            raise UnknownName("language", language, LANGUAGES)
        for path in paths or ():
            format_of(path)
            guard(path, force=force)
        return cls(format, tuple(paths or ()), force, language)

    def emit(self, table: Table, **options: Any) -> None:
        """Write the files, print to stdout, and name the files.

        ``options``: what `present` takes for this kind of result on a screen. A csv or json of
        someone else's is known as such only now: the result is printed all the same, since it may
        have taken long, and then NotOurs raised.
        """
        refused: NotOurs | None = None
        written = []
        for path in self.paths:
            data = format_of(path).encode(table, self.language)
            try:
                guard(path, data, force=self.force)
            except NotOurs as error:
                refused = refused or error
                continue
            written.append(write_bytes(data, path))
        self.print(table, **options)
        for path in written:
            tell(f"wrote {path}")
        if refused:
            raise refused

    def print(self, table: Table, **options: Any) -> None:
        """Print to stdout only."""
        if self.format == TABLE:
            show_section(present(table, self.language, **options), self.language)
        else:
            write_out(dumps(table, self.format, self.language))


def show_section(section: Section, language: str = "en") -> None:
    """Print a section to stdout, as wide as that is."""
    from archcalc.output.render.screen import Screen

    screen = Screen(sys.stdout, messages(language))
    screen.show(section)
    write_out(screen.rendered())


def write_out(text: str) -> None:
    """Write to stdout; raises ReaderGone where it is closed, as by ``| head``."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def tell(text: str, style: str = "") -> None:
    """Write lines to stderr, unwrapped; in ``style`` where that is a terminal."""
    lines = [plain(line) for line in text.split("\n")]
    if not style or not sys.stderr.isatty():
        sys.stderr.write("\n".join(lines) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True)
    for line in lines:
        console.print(Text(line, style=style))
