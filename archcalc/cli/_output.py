"""Where a result goes: to stdout in one format, and to files by their suffix."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archcalc.cli._screen import Screen
from archcalc.errors import UnknownName
from archcalc.formats import dumps, format_of, text_names, write
from archcalc.plain import plain
from archcalc.tables import Table

TABLE = "table"


class ReaderGone(Exception):
    """Whoever read our output has closed it."""


@dataclass(frozen=True)
class Output:
    """The ``--format`` of stdout and the files of ``-o``."""

    format: str
    paths: tuple[Path, ...]

    @classmethod
    def of(cls, format: str, paths: Sequence[Path] | None) -> Output:  # noqa: A002
        """Check both before anything is computed; raises ArchcalcError for an unknown format."""
        if format != TABLE and format not in text_names():
            raise UnknownName("format", format, [*text_names(), TABLE])
        for path in paths or ():
            format_of(path)
        return cls(format, tuple(paths or ()))

    def emit(self, table: Table, show: Callable[[Screen], None]) -> None:
        """Write the files, print to stdout (``show`` draws for people), and name the files."""
        written = [write(table, path) for path in self.paths]
        self.print(table, show)
        for path in written:
            tell(f"wrote {path}")

    def print(self, table: Table, show: Callable[[Screen], None]) -> None:
        """Print to stdout only."""
        if self.format == TABLE:
            screen = Screen(sys.stdout)
            show(screen)
            write_out(screen.rendered())
        else:
            write_out(dumps(table, self.format))


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
