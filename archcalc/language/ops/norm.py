"""Batch normalisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from archcalc.language.ops._base import IntShape, Operator, Shape, elements
from archcalc.language.ops._terms import Terms

if TYPE_CHECKING:
    from torch import nn


class Norm(Operator):
    """Batch normalisation over channels: γ and β are learnable, the statistics are not."""

    name: ClassVar[str] = "norm"
    spellings: ClassVar[tuple[str, ...]] = ("batch_norm", "bn")
    in_place: ClassVar[bool] = True

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(norm=elements(output), norm_params=output[0] * 2)

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from torch import nn

        return nn.BatchNorm2d(output[0])
