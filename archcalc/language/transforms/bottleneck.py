"""Bottlenecks built in another way: MobileNetV2's Figure 6, their last activation and shortcut."""

from __future__ import annotations

from typing import Any, ClassVar

from archcalc.language.transforms._base import Transform, choice
from archcalc.language.transforms._channels import restate_sizes
from archcalc.language.transforms._edit import Editor

_JOINS = {"inverted": "narrow", "ordinary": "wide", "none": "none"}


class BottleneckActivation(Transform):
    """Put the block's activation on the projection too, before the shortcut, or remove it.

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


class Shortcut(Transform):
    """Turn inverted residuals into ordinary ones, or remove the shortcuts, those of ResNets too.

    ``inverted``: the shortcut joins the bottlenecks, as printed. ``ordinary``: "classical
    residuals connects the layers with high number of channels" (arXiv:1801.04381, Figure 3): the
    same two widths change places, so that a row (t, c) compresses to c, filters there and restores
    t·c (in V3's rows ``exp``), which the shortcut joins and the next row reads; the sum is
    activated, and squeeze-and-excite comes before it, as in (SE-)ResNet. Printed sizes get the
    wide channels by ``use``. This is no row of Figure 6b, whose "shortcut between expansions"
    moves the shortcuts of one and the same layers.
    ``none``: "no residual" of Figure 6b, and the plain nets of ResNet's Figure 3.
    """

    name: ClassVar[str] = "residual"
    values: ClassVar[str] = "|".join(_JOINS)
    about: ClassVar[str] = "what shortcuts join: narrow values, wide ones, nothing"

    def edit(self, editor: Editor, value: Any) -> None:
        """Apply it; raises ValueError for another value, or a net with no such block."""
        joins = _JOINS[choice(value, tuple(_JOINS))]
        if not editor.set_keyword("shortcut", joins):
            raise ValueError("the net has no bottleneck and no residual block")
        restate_sizes(editor)
