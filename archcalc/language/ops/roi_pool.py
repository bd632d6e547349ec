"""Crops of a map around proposals, resized to one size: Faster R-CNN's RoI pooling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from archcalc.base.number import Number
from archcalc.language.ops._base import IntShape, Operator, Shape, elements
from archcalc.language.ops._terms import Terms
from archcalc.language.ops._window import Kernel, kernel_text

if TYPE_CHECKING:
    from torch import nn


class RoiPool(Operator):
    """Cut one region out of a map and resize it bilinearly to ``kernel`` pixels.

    A row's ``count`` is the number of proposals, all cropped from one map (Faster R-CNN,
    arXiv:1506.01497; crops as in Huang et al., arXiv:1611.10012, section 3.1). It has no
    weights, so no multiply-adds.
    """

    name: ClassVar[str] = "roi_pool"
    spellings: ClassVar[tuple[str, ...]] = ("roi_crop", "crop_and_resize", "roi_align")
    shares_input: ClassVar[bool] = True

    kernel: Kernel

    @property
    def label(self) -> str:
        return f"roi_pool {kernel_text(self.kernel)}"

    def kernel_size(self, inputs: Sequence[Shape]) -> tuple[Number, Number]:
        return self.kernel

    def shape(self, inputs: Sequence[Shape], channels: Number) -> Shape:
        height, width = self.kernel
        return channels, height, width

    def terms(self, inputs: Sequence[Shape], output: Shape) -> Terms:
        return Terms(resample=elements(output))

    def module(self, inputs: Sequence[IntShape], output: IntShape) -> nn.Module:
        return self.module_of_runs(inputs, output, 1)

    def module_of_runs(self, inputs: Sequence[IntShape], output: IntShape, runs: int) -> nn.Module:
        from archcalc.language.ops._torch_crops import RoiCrops

        return RoiCrops(self.kernel, runs)
