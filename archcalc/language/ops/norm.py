"""Normalisation: batch normalisation, and L2 over each position's channels."""

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


class L2Norm(Operator):
    """y = γ_c · x / ‖x‖₂ over the channels of each position (ParseNet, arXiv:1506.04579).

    SSD applies it to conv4_3 with γ = 20 at first (arXiv:1512.02325, section 3.1).
    """

    name: ClassVar[str] = "l2_norm"
    spellings: ClassVar[tuple[str, ...]] = ("l2_normalization",)

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        # counters count its product with γ; as a norm, fvcore's convention would count it twice
        return Terms(multiply=elements(output), norm_params=output[0])

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        from archcalc.language.ops._torch import ChannelL2Norm

        return ChannelL2Norm(output[0])
