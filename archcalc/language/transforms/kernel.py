"""Another kernel in every depthwise convolution (MobileNetV3's search chooses 3x3 or 5x5)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from archcalc.language.ops import kernel_text, parse_kernel
from archcalc.language.spec.document_rows import Row
from archcalc.language.transforms._base import Transform
from archcalc.language.transforms._edit import Editor

_DEPTHWISE = ("dwconv", "sepconv", "bottleneck", "bneck", "shuffle_unit")
_OPTIONAL = {"uib": ("start", "kernel")}
"""Blocks that have a depthwise convolution only where its kernel is given."""


class DepthwiseKernel(Transform):
    """Set the kernel of depthwise convolutions, alone or in blocks."""

    name: ClassVar[str] = "kernel"
    values: ClassVar[str] = "3|5x5|…"
    about: ClassVar[str] = "the kernel of every depthwise convolution"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for an invalid kernel or a net without depthwise layers."""
        kernel = kernel_text(parse_kernel(value))
        changed = 0
        for row in editor.rows():
            for keyword in _OPTIONAL.get(row.op, ()):
                changed += row.where(keyword) is not None and _set(row, keyword, kernel)
            if row.op in _DEPTHWISE:
                changed += _set(row, "kernel", kernel)
        if not changed:
            raise ValueError("the net has no depthwise convolution")


def _set(row: Row, keyword: str, kernel: str) -> int:
    cell, now = row.where(keyword) or (keyword, kernel)
    if cell == keyword:
        row.set(cell, kernel)
    else:
        # the kernel is part of a printed cell: "bneck, 3x3", "3x3x32 dw"
        row.set(cell, re.sub(r"[0-9]+[x×][0-9]+", kernel, str(now), count=1))
    return 1
