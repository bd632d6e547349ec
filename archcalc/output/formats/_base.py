"""What every format offers, and what the text formats share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from archcalc.base.plain import plain as plain  # noqa: PLC0414 - reports know it from here
from archcalc.base.tables import Table
from archcalc.output.formats._ours import sealed


class Format(ABC):
    """A way to write a table to a file."""

    name: ClassVar[str]
    """Its name on the command line, and the suffix of its files without the dot."""
    about: ClassVar[str]
    """What it holds, in a few words."""

    def require(self) -> None:
        """Raise MissingPackage where it needs a package that is not installed."""
        return

    @abstractmethod
    def encode(self, table: Table) -> bytes:
        """Return the table as a file's bytes, which say who wrote them where they can."""


class TextFormat(Format):
    """A format that a terminal can show too."""

    encoding: ClassVar[str] = "utf-8"

    @abstractmethod
    def dumps(self, table: Table) -> str:
        """Return the table as text that ends with a line break."""

    def encode(self, table: Table) -> bytes:
        return sealed(self.dumps(table), self.name).encode(self.encoding)
