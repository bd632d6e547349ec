"""What every engine offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from archcalc.base.errors import ArchcalcError


class EngineFailed(ArchcalcError):
    """An engine that is there and made no PDF."""


class Engine(ABC):
    """A way from HTML to PDF."""

    name: ClassVar[str]
    place: ClassVar[int]
    """Lower ones are preferred."""

    @abstractmethod
    def missing(self) -> str:
        """Return what it lacks and how to get it, in one line; "" where it is ready."""

    @abstractmethod
    def version(self) -> str:
        """Return what would be used, with its version; "" where nothing is there."""

    @abstractmethod
    def pdf(self, html: str) -> bytes:
        """Return a tagged PDF of a page, the same bytes for the same page and version.

        Raises EngineFailed.
        """
