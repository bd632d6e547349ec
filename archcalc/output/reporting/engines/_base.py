"""The interface of a PDF engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from archcalc.base.errors import ArchcalcError


class EngineFailed(ArchcalcError):
    """An available engine made no PDF."""


class Engine(ABC):
    """Converts HTML to PDF."""

    name: ClassVar[str]
    place: ClassVar[int]
    """Lower ones are preferred."""

    @abstractmethod
    def missing(self) -> str:
        """Return what is missing and how to install it, in one line; "" where it is ready."""

    @abstractmethod
    def version(self) -> str:
        """Return the program and its version; "" where it is not installed."""

    @abstractmethod
    def pdf(self, html: str) -> bytes:
        """Return a tagged PDF of a page, the same bytes for the same page and version.

        Raises EngineFailed.
        """
