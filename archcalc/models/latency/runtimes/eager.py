"""torch eager: the module as it is, in eval mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from archcalc.models.latency.runtimes._base import Prepared, Runtime
from archcalc.models.nets.fold_norm import eval_copy

if TYPE_CHECKING:
    import torch
    from torch import nn


class Eager(Runtime):
    """Runs a copy of the module."""

    summary: ClassVar[str] = "torch, the module as it is"

    def prepare(self, module: nn.Module, example: torch.Tensor) -> Prepared:
        private = eval_copy(module)
        return Prepared(call=private, module=private)


RUNTIME = Eager()
