"""Another kernel in every depthwise convolution: MobileNetV3's search chose 3x3 or 5x5."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from archcalc.ops._window import kernel_text, parse_kernel
from archcalc.transforms._base import Transform
from archcalc.transforms._edit import Editor

_DEPTHWISE = ("dwconv", "sepconv", "bottleneck", "bneck")


class DepthwiseKernel(Transform):
    """Set the kernel of depthwise convolutions, alone or in separable and bottleneck blocks."""

    name: ClassVar[str] = "kernel"
    values: ClassVar[str] = "3|5x5|…"
    about: ClassVar[str] = "the kernel of every depthwise convolution"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for what is no kernel, or a net without depthwise layers."""
        kernel = kernel_text(parse_kernel(value))
        changed = 0
        for row in editor.rows():
            if row.op not in _DEPTHWISE:
                continue
            changed += 1
            stated = row.where("kernel")
            if stated is None or stated[0] == "kernel":
                row.set("kernel", kernel)
            else:
                # the kernel is a part of a printed cell: "bneck, 3x3", "3x3x32 dw"
                row.set(stated[0], re.sub(r"[0-9]+[x×][0-9]+", kernel, str(stated[1]), count=1))
        if not changed:
            raise ValueError("the net has no depthwise convolution")
