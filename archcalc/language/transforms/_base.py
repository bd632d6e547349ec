"""What every transform offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from archcalc.language.transforms._edit import Editor


class Transform(ABC):
    """One named step. ``edit`` changes a document of plain data, in place."""

    name: ClassVar[str]
    values: ClassVar[str]
    """What may stand behind the "=", for help and messages."""
    about: ClassVar[str]
    of_extended: ClassVar[bool] = True
    """Whether it also changes the specs whose rows a spec takes over."""

    @abstractmethod
    def edit(self, editor: Editor, value: Any) -> None:
        """Apply the step with ``value``, a text or a plain value.

        Raises ValueError that says what was expected, or why the net has nothing to change.
        """
