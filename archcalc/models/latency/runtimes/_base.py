"""The interface of a runtime."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import torch
    from torch import nn


@dataclass(frozen=True)
class Prepared:
    """A net ready to run; it shares no state with the original module."""

    call: Callable[[torch.Tensor], Any]
    """Runs one pass."""
    module: nn.Module | None
    """The module behind ``call``, where its layers can be stamped."""
    absorbed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Path of a layer → paths of the layers of the original that were folded into it."""


class Runtime(ABC):
    """A way to run a net."""

    summary: ClassVar[str]
    """One line on what it does."""

    @abstractmethod
    def prepare(self, module: nn.Module, example: torch.Tensor) -> Prepared:
        """Make a private, eval-mode version of ``module`` for inputs like ``example``.

        Never changes ``module``. Raises ArchcalcError where the runtime does not support it.
        """
