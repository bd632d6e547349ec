"""What every runtime offers."""

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
    """A net made ready to run; it shares nothing with the module that it was made from."""

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
        """Make a private, eval-mode version of ``module`` that takes inputs like ``example``.

        Never changes ``module``. Raises ArchcalcError where the runtime cannot take it.
        """
