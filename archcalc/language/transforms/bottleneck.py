"""Linear against non-linear bottlenecks: MobileNetV2's section 3.2, Figure 6a."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.language.transforms._base import Transform, choice
from archcalc.language.transforms._edit import Editor


class BottleneckActivation(Transform):
    """Put the block's activation on the projection too, before the shortcut, or take it away.

    Figure 6a of arXiv:1801.04381 compares "linear bottleneck" with "relu6 in bottleneck". No
    count under ``paper`` changes: accuracy does.
    """

    name: ClassVar[str] = "bottleneck"
    values: ClassVar[str] = "linear|nonlinear"
    about: ClassVar[str] = "the activation after the projection: none, or the block's"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for another value, or a net without bottlenecks."""
        linear = choice(value, ("linear", "nonlinear")) == "linear"
        if not editor.set_keyword("linear", linear):
            raise ValueError("the net has no bottleneck")
