"""torch eager with batch norms folded into the convolutions before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from archcalc.models.latency.runtimes._base import Prepared, Runtime
from archcalc.models.nets.fold_norm import fold_norm

if TYPE_CHECKING:
    import torch
    from torch import nn


class Folded(Runtime):
    """Runs the traced module with norms folded into convolutions where possible."""

    summary: ClassVar[str] = "torch, norms folded into convolutions"

    def prepare(self, module: nn.Module, example: torch.Tensor) -> Prepared:
        folded, absorbed = fold_norm(module)
        return Prepared(call=folded, module=folded, absorbed=absorbed)


RUNTIME = Folded()
