"""The interface of a format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from archcalc.base.tables import Table
from archcalc.output.files.ours import sealed


class Format(ABC):
    """A way to write a table to a file."""

    name: ClassVar[str]
    """Its name on the command line, and the suffix of its files without the dot."""
    about: ClassVar[str]
    """A short description."""

    def require(self) -> None:
        """Raise MissingPackage where it needs a package that is not installed."""
        return

    @abstractmethod
    def encode(self, table: Table, language: str = "en") -> bytes:
        """Return the table as a file's bytes, marked as archcalc's where the format allows.

        ``language``: of texts; records have one language.
        """


class TextFormat(Format):
    """A text format, which can also be printed."""

    encoding: ClassVar[str] = "utf-8"

    @abstractmethod
    def dumps(self, table: Table, language: str = "en") -> str:
        """Return the table as text that ends with a line break."""

    def encode(self, table: Table, language: str = "en") -> bytes:
        return sealed(self.dumps(table, language), self.name).encode(self.encoding)
