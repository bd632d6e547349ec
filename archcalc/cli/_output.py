"""Writes a result to stdout in one format, and to files by suffix."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from archcalc.base.document import Section
from archcalc.base.errors import UnknownName
from archcalc.base.messages import LANGUAGES, messages
from archcalc.base.plain import plain
from archcalc.base.tables import Table
from archcalc.cli._options import TABLE, Files, Force, Format, Lang
from archcalc.output.files.ours import NotOurs, guard
from archcalc.output.formats import dumps, format_of, text_names, write_bytes
from archcalc.output.present import present


class ReaderGone(Exception):
    """The reader of stdout has closed it."""


@dataclass(frozen=True)
class Output:
    """The ``--format`` of stdout, the files of ``-o`` and the ``--lang`` of both.

    A bundle of options, checked before anything is computed: raises ArchcalcError for an unknown
    format or language, and NotOurs.
    """

    format: Format = TABLE
    paths: Files = None
    force: Force = False
    language: Lang = "en"

    def __post_init__(self) -> None:
        if self.format != TABLE and self.format not in text_names():
            raise UnknownName("format", self.format, [*text_names(), TABLE])
        if self.language not in LANGUAGES:
            raise UnknownName("language", self.language, LANGUAGES)
        for path in self.paths or ():
            format_of(path)
            guard(path, force=self.force)

    def emit(self, table: Table, **options: Any) -> None:
        """Write the files, print to stdout, and name the files.

        ``options``: those of `present` for this kind of result. A csv or json file that archcalc
        did not write is detected only now: the result is printed, then NotOurs is raised.
        """
        refused: NotOurs | None = None
        written = []
        for path in self.paths or ():
            data = format_of(path).encode(table, self.language)
            try:
                guard(path, data, force=self.force)
            except NotOurs as error:
                refused = refused or error
                continue
            written.append(write_bytes(data, path))
        self.print(table, **options)
        for path in written:
            print_err(f"wrote {path}")
        if refused:
            raise refused

    def print(self, table: Table, **options: Any) -> None:
        """Print to stdout only."""
        if self.format == TABLE:
            show_section(present(table, self.language, **options), self.language)
        else:
            write_out(dumps(table, self.format, self.language))


def show_section(section: Section, language: str = "en") -> None:
    """Print a section to stdout, at its width."""
    from archcalc.output.render.screen import Screen

    screen = Screen(sys.stdout, messages(language))
    screen.show(section)
    write_out(screen.rendered())


def write_out(text: str) -> None:
    """Write to stdout; raises ReaderGone if it is closed, as by ``| head``."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def print_err(text: str, style: str = "") -> None:
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
